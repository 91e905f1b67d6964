import type { Message } from "../../../../core/contract/enrollment.ts";
import type { InboundMailText } from "../../../../core/contract/inbound.ts";
import { useRead } from "../../api/queries.ts";
import { Badge } from "../../ui/badge.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { When } from "../../ui/when.tsx";
import { MailParts } from "./mail-parts.tsx";
import { nameKind, sayClassification, toneOfKind } from "./mail-words.ts";

/** The API's answer says of what came in which mail it was; null where that is no longer kept. */
export type MessageWithMail = Message & { readonly inboundId?: string | null };

interface MessageInProps {
  readonly message: MessageWithMail;
  readonly subject: string | null;
  readonly leadEmail: string | null;
}

/** What came in: what is new in it, what it was taken for, and everything behind that for who asks. */
export function MessageIn({ message, subject, leadEmail }: MessageInProps) {
  const { cleanText } = message.detail;
  const { inboundId = null } = message;
  const mail = useRead<InboundMailText>(inboundId === null ? null : `/v1/inbound/${inboundId}`);
  const text = mail.data?.cleanText ?? (typeof cleanText === "string" && cleanText !== "" ? cleanText : message.text);
  const isOthers = message.from !== null && message.from.toLowerCase() !== leadEmail?.toLowerCase();
  return (
    <article
      aria-label={message.channel === "linkedin" ? "A message on LinkedIn that came in" : "A mail that came in"}
      className="max-w-[38rem] pr-6 sm:pr-16"
    >
      <div className="rounded-2xl rounded-bl-md border border-line bg-card px-4 py-3">
        {isOthers ? (
          <p className="mb-1 text-xs text-quiet">
            From <bdi>{message.from}</bdi>
          </p>
        ) : null}
        {subject === null ? null : <h3 className="mb-1.5 text-sm font-semibold break-words">{subject}</h3>}
        <p dir="auto" className="text-sm break-words whitespace-pre-wrap">
          {text === "" ? "Without text." : text}
        </p>
        {mail.data === undefined ? null : (
          <>
            <p className="mt-3 flex flex-wrap items-baseline gap-x-2 gap-y-1 border-t border-line pt-2.5 text-xs text-quiet">
              <Badge tone={toneOfKind(mail.data.classification.kind)}>{nameKind(mail.data.classification.kind)}</Badge>
              <span className="min-w-0 flex-1 basis-48">{sayClassification(mail.data.classification)}</span>
            </p>
            <MailParts mail={mail.data} />
          </>
        )}
        {mail.error === null ? null : (
          <div className="mt-3">
            <ProblemNote error={mail.error} onRetry={() => void mail.refetch()} />
          </div>
        )}
      </div>
      <p className="mt-1 text-xs text-quiet">
        {message.channel === "linkedin" ? "On LinkedIn, " : ""}
        <When at={message.at} />
      </p>
    </article>
  );
}
