import type { Step } from "../../../../core/contract/step.ts";
import { Badge } from "../../ui/badge.tsx";
import { classNames } from "../../ui/class-names.ts";
import { FIELD_NAMES, type FieldName, sayField } from "./field-words.ts";
import { KINDS } from "./step-words.ts";
import type { DefinitionDiff, FieldChange, StepChange } from "./version-diff.ts";
import { wordParts } from "./word-parts.ts";

interface SideBySideProps {
  readonly diff: DefinitionDiff;
  /** What the two are called. */
  readonly before: string;
  readonly after: string;
}

/** Two definitions beside each other, step by step; what differs is marked. */
export function SideBySide({ diff: { steps, settings, isSame }, before, after }: SideBySideProps) {
  return (
    <div className="space-y-5">
      {isSame ? <p className="text-sm text-quiet">Both say the same.</p> : null}
      <div className="hidden gap-3 text-xs font-medium text-quiet md:grid md:grid-cols-2">
        <p>{before}</p>
        <p>{after}</p>
      </div>
      <ol className="space-y-3">
        {steps.map((change) => (
          <li key={change.kind === "removed" ? `from ${change.from}` : `to ${change.to}`}>
            <Row change={change} before={before} after={after} />
          </li>
        ))}
      </ol>
      {settings.length === 0 ? null : (
        <section aria-label="Settings">
          <h3 className="mb-2 text-sm font-semibold">Settings</h3>
          <dl className="divide-y divide-line rounded-lg border border-line text-sm">
            {settings.map(({ field, name, before: was, after: is }) => (
              <div key={field} className="px-3 py-2">
                <dt className="text-quiet">{name}</dt>
                <dd className="grid gap-x-3 break-words md:grid-cols-2">
                  <del className="text-bad no-underline">
                    <span className="sr-only">{before}: </span>
                    {was}
                  </del>
                  <ins className="text-good no-underline">
                    <span className="sr-only">{after}: </span>
                    {is}
                  </ins>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

interface RowProps {
  readonly change: StepChange;
  readonly before: string;
  readonly after: string;
}

function Row({ change, before, after }: RowProps) {
  const fields = change.kind === "kept" ? change.fields : [];
  const isMoved = change.kind === "kept" && change.isMoved;
  return (
    <div className="grid gap-3 md:grid-cols-2">
      {change.kind === "added" ? (
        <Missing>Not in {inText(before)}</Missing>
      ) : (
        <StepSide
          step={change.before}
          place={change.from}
          side="before"
          of={before}
          fields={fields}
          mark={change.kind === "removed" ? "removed" : isMoved ? "moved" : fields.length > 0 ? "changed" : null}
        />
      )}
      {change.kind === "removed" ? (
        <Missing>Not in {inText(after)}</Missing>
      ) : (
        <StepSide
          step={change.after}
          place={change.to}
          side="after"
          of={after}
          fields={fields}
          mark={change.kind === "added" ? "added" : isMoved ? "moved" : fields.length > 0 ? "changed" : null}
        />
      )}
    </div>
  );
}

/** A name as it stands inside a sentence. */
function inText(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function Missing({ children }: { readonly children: React.ReactNode }) {
  return (
    <p className="flex items-center justify-center rounded-lg border border-dashed border-line p-3 text-xs text-quiet max-md:hidden">
      {children}
    </p>
  );
}

const MARKS = {
  added: { tone: "good", name: "Added" },
  removed: { tone: "bad", name: "Removed" },
  moved: { tone: "info", name: "Moved" },
  changed: { tone: "warn", name: "Changed" },
} as const;

interface StepSideProps {
  readonly step: Step;
  readonly place: number;
  readonly side: "before" | "after";
  /** What the version is called; said of each step where they stand under each other. */
  readonly of: string;
  readonly fields: readonly FieldChange[];
  readonly mark: keyof typeof MARKS | null;
}

function StepSide({ step, place, side, of, fields, mark }: StepSideProps) {
  const names = (Object.keys(FIELD_NAMES) as FieldName[]).filter(
    (field) => field !== "kind" && (sayField(step, field) !== "" || fields.some((one) => one.field === field)),
  );
  return (
    <div
      className={classNames(
        "min-w-0 rounded-lg border border-line p-3 text-sm",
        // On a phone they stand under each other, and a step that is as it was need not stand there twice.
        mark === null && side === "before" && "max-md:hidden",
        mark === "added" && "bg-good-soft",
        mark === "removed" && "bg-bad-soft",
      )}
    >
      <p className="flex items-center gap-2 font-medium">
        {place + 1}. {KINDS[step.kind]}
        {mark === null ? null : <Badge tone={MARKS[mark].tone}>{MARKS[mark].name}</Badge>}
        <span className="ml-auto text-xs font-normal text-quiet md:sr-only">{of}</span>
      </p>
      {names
        .filter((field) => isTold(step, field, fields))
        .map((field) => (
          <p key={field} className="mt-1.5 break-words">
            <span className="block text-xs text-quiet">{FIELD_NAMES[field]}</span>
            <span className="whitespace-pre-wrap">
              <Words text={sayField(step, field)} side={side} change={fields.find((one) => one.field === field)} />
            </span>
          </p>
        ))}
    </div>
  );
}

/** A pause has no words, and what is as a new step has it needn't be said of each. */
function isTold(step: Step, field: FieldName, fields: readonly FieldChange[]): boolean {
  if (fields.some((one) => one.field === field)) return true;
  if (field === "delayDays" || field === "notes") return true;
  if (step.kind === "wait") return false;
  return field !== "onDraftFailure" || step.draftStrategy === "webhook";
}

interface WordsProps {
  readonly text: string;
  readonly side: "before" | "after";
  readonly change: FieldChange | undefined;
}

function Words({ text, side, change }: WordsProps) {
  if (change === undefined) return text;
  const isBefore = side === "before";
  const look = isBefore ? "rounded bg-bad-soft px-0.5 text-bad" : "rounded bg-good-soft px-0.5 text-good";
  if (text === "") return <span className="text-quiet">nothing</span>;
  if (!change.isText || change.before === "" || change.after === "") return <mark className={look}>{text}</mark>;
  return wordParts(change.before, change.after)
    .filter((part) => part.in !== (isBefore ? "new" : "gone"))
    .map((part) =>
      part.in === "both" ? (
        <span key={part.key}>{part.text}</span>
      ) : (
        <mark key={part.key} className={look}>
          {part.text}
        </mark>
      ),
    );
}
