import type { Message } from "../../../../core/contract/enrollment.ts";
import { When } from "../../ui/when.tsx";

interface MessageOutProps {
  readonly message: Message;
  /** Null where it is that of the message before. */
  readonly subject: string | null;
}

/** How it went, where that was not by mail. */
const SAYS = { email: "", linkedin: "on LinkedIn, ", task: "done by a person, " } as const;

/** What we wrote. */
export function MessageOut({ message, subject }: MessageOutProps) {
  return (
    <article aria-label="A message of ours" className="ml-auto max-w-[38rem] pl-6 sm:pl-16">
      <div className="rounded-2xl rounded-br-md bg-accent-soft px-4 py-3">
        {subject === null ? null : <h3 className="mb-1.5 text-sm font-semibold break-words">{subject}</h3>}
        <p className="text-sm break-words whitespace-pre-wrap">{message.text}</p>
      </div>
      <p className="mt-1 text-right text-xs text-quiet">
        {message.step === null ? "" : `Step ${message.step + 1}, `}
        {SAYS[message.channel]}
        {message.detail["assumed"] === true ? "taken as sent " : ""}
        <When at={message.at} />
      </p>
    </article>
  );
}
