import type { SeenMail } from "../record.ts";
import { leadOf, readWords } from "../words.ts";

/** Reads the little that the rig needs of a raw message; null for one that doesn't name its draft. */
export function readMail(raw: string, at: number, boot: number): SeenMail | null {
  const headEnd = raw.indexOf("\r\n\r\n");
  const head = raw.slice(0, headEnd).replaceAll(/\r\n[ \t]+/g, " ");
  const words = readWords(raw.slice(headEnd));
  if (words === null || leadOf(address(field(head, "To"))) !== words.lead) return null;
  const { lead, step, draftId, attempt } = words;
  return {
    ...{ lead, step, draftId, attempt, at, boot },
    replyTo: address(field(head, "Reply-To")),
    messageId: field(head, "Message-ID"),
    subject: field(head, "Subject"),
  };
}

function field(head: string, name: string): string {
  return new RegExp(`^${name}: *(.*)$`, "im").exec(head)?.[1]?.trim() ?? "";
}

function address(text: string): string {
  return /<([^>]+)>/.exec(text)?.[1] ?? text;
}
