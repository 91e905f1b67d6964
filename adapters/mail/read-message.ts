import PostalMime from "postal-mime";

/** What a mail program reads in a message of ours. */
export interface ReadMessage {
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly replyTo: string | null;
  readonly text: string | null;
  readonly html: string | null;
  /** Decoded, in the order of the message. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** Parses a message that we composed ourselves, so without the bounds that inbound mail needs. */
export async function readMessage(raw: string): Promise<ReadMessage> {
  const mail = await PostalMime.parse(raw);
  return {
    messageId: mail.messageId ?? null,
    inReplyTo: mail.inReplyTo ?? null,
    references: (mail.references ?? "").split(/\s+/).filter((id) => id !== ""),
    replyTo: mail.replyTo?.[0]?.address ?? null,
    text: mail.text ?? null,
    html: mail.html ?? null,
    headers: mail.headers.map(({ key, value, originalKey }) => ({ name: originalKey ?? key, value })),
  };
}
