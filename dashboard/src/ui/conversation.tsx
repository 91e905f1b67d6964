import { type ReactNode, useId } from "react";
import type { Message } from "../../../core/contract/enrollment.ts";
import { Badge } from "./badge.tsx";
import { classNames } from "./class-names.ts";
import { inWords, MAIL_KINDS } from "./enrollment-words.ts";
import { When } from "./when.tsx";

interface ConversationProps {
  readonly messages: readonly Message[];
  /** What stands under a message: a link to where it is told more of it. */
  readonly below?: (message: Message) => ReactNode;
}

/** The messages with a lead as the lead sees them: ours on the right, theirs on the left, what is quoted folded away. */
export function Conversation({ messages, below }: ConversationProps) {
  return (
    <ol className="@container space-y-4">
      {messages.map((message, index) => (
        <li key={message.id}>
          <Bubble message={message} isNewSubject={subjectOf(message) !== subjectOf(messages[index - 1])}>
            {below?.(message)}
          </Bubble>
        </li>
      ))}
    </ol>
  );
}

interface BubbleProps {
  readonly message: Message;
  readonly isNewSubject: boolean;
  readonly children?: ReactNode;
}

function Bubble({ message, isNewSubject, children }: BubbleProps) {
  const { direction, at, step, subject, from, to } = message;
  const heading = useId();
  const isOurs = direction === "out";
  const { shown, quoted } = partsOf(message);
  return (
    <article aria-labelledby={heading} className={classNames("max-w-[94%] @md:max-w-[80%]", isOurs && "ml-auto w-fit")}>
      <header id={heading} className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-quiet">
        <span className="font-medium break-all text-ink">
          {isOurs
            ? message.channel === "email"
              ? `To ${to ?? "the lead"}`
              : OURS[message.channel]
            : (from ?? "Unknown")}
        </span>
        {message.channel === "email" ? null : <Badge>{CHANNELS[message.channel]}</Badge>}
        {isOurs && step !== null ? <span>step {step + 1}</span> : null}
        <When at={at} />
        {isOurs ? <SentNotes message={message} /> : <KindBadge message={message} />}
      </header>
      <div
        className={classNames(
          "rounded-2xl border px-4 py-3 text-sm",
          isOurs ? "rounded-tr-md border-transparent bg-accent-soft" : "rounded-tl-md border-line bg-card",
        )}
      >
        {isNewSubject && subject !== null ? <p className="mb-2 font-semibold break-words">{subject}</p> : null}
        <p className="break-words whitespace-pre-wrap">{shown === "" ? "(no text)" : shown}</p>
        {quoted === "" ? null : (
          <details className="mt-2">
            <summary className="w-fit rounded px-1 py-1 text-xs text-quiet hover:bg-raised">What they quoted</summary>
            <p className="mt-1 border-l-2 border-line pl-3 text-xs break-words whitespace-pre-wrap text-quiet">
              {quoted}
            </p>
          </details>
        )}
      </div>
      {children === undefined || children === null ? null : <div className="mt-1 text-xs text-quiet">{children}</div>}
    </article>
  );
}

/** Their address says it for mail; a profile's URL says little. */
const OURS = { linkedin: "To the lead", task: "Done by a person" } as const;
const CHANNELS = { linkedin: "LinkedIn", task: "Task" } as const;

function SentNotes({ message: { detail } }: { readonly message: Message }) {
  return (
    <>
      {detail["assumed"] === true ? <Badge tone="warn">Taken as sent</Badge> : null}
      {detail["crossed"] === true ? <Badge tone="warn">Was on its way already</Badge> : null}
    </>
  );
}

function KindBadge({ message }: { readonly message: Message }) {
  const found = classificationOf(message);
  if (found === null) return null;
  const { name, tone } = MAIL_KINDS[found.kind] ?? { name: inWords(found.kind), tone: "plain" };
  return (
    <>
      <Badge tone={tone}>{name}</Badge>
      {found.confidence === null ? null : <span>{Math.round(found.confidence * 100)}% sure</span>}
    </>
  );
}

function classificationOf({ detail }: Message): { readonly kind: string; readonly confidence: number | null } | null {
  const found = detail["classification"];
  if (typeof found !== "object" || found === null || !("kind" in found) || typeof found.kind !== "string") return null;
  const confidence = "confidence" in found && typeof found.confidence === "number" ? found.confidence : null;
  return { kind: found.kind, confidence };
}

/** What is new in a mail, and what it quotes; the engine has told them apart. */
function partsOf({ text, detail }: Message): { readonly shown: string; readonly quoted: string } {
  const clean = detail["cleanText"];
  if (typeof clean !== "string" || clean.trim() === "") return { shown: text.trim(), quoted: "" };
  const whole = text.trim();
  const quoted = whole.startsWith(clean.trim()) ? whole.slice(clean.trim().length).trim() : whole;
  return { shown: clean.trim(), quoted: quoted === clean.trim() ? "" : quoted };
}

function subjectOf(message: Message | undefined): string | null {
  return message?.subject?.replace(/^(?:(?:re|aw|fwd?|wg|sv)\s*:\s*)+/i, "") ?? null;
}
