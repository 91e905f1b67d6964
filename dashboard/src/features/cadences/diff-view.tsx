import { ArrowRight } from "lucide-react";
import { Badge } from "../../ui/badge.tsx";
import { KINDS, sumUp } from "./step-words.ts";
import { type DefinitionDiff, type FieldChange, isChanged, type StepChange } from "./version-diff.ts";
import { wordParts } from "./word-parts.ts";

/** What differs, steps first. Steps that are as they were are one line, so that the order can be seen. */
export function DiffView({ diff: { steps, settings, isSame } }: { readonly diff: DefinitionDiff }) {
  if (isSame) return <p className="text-sm text-quiet">Both say the same.</p>;
  const areStepsSame = steps.every((step) => step.kind === "kept" && !isChanged(step));
  return (
    <div className="space-y-5">
      {steps.length === 0 ? null : (
        <section aria-label="Steps">
          <h3 className="mb-2 text-sm font-semibold">Steps</h3>
          {areStepsSame ? (
            <p className="text-sm text-quiet">All {steps.length} are as they were.</p>
          ) : (
            <ol className="space-y-2">
              {steps.map((change) => (
                <li key={keyOf(change)}>
                  <StepDiff change={change} />
                </li>
              ))}
            </ol>
          )}
        </section>
      )}
      {settings.length === 0 ? null : (
        <section aria-label="Settings">
          <h3 className="mb-2 text-sm font-semibold">Settings</h3>
          <div className="rounded-lg border border-line p-3">
            <FieldList fields={settings} />
          </div>
        </section>
      )}
    </div>
  );
}

function keyOf(change: StepChange): string {
  return change.kind === "removed" ? `from ${change.from}` : `to ${change.to}`;
}

function StepDiff({ change }: { readonly change: StepChange }) {
  if (change.kind !== "kept") {
    const [step, place] = change.kind === "added" ? [change.after, change.to] : [change.before, change.from];
    const isAdded = change.kind === "added";
    return (
      <div className={`rounded-lg border border-line p-3 text-sm ${isAdded ? "bg-good-soft" : "bg-bad-soft"}`}>
        <div className="flex flex-wrap items-center gap-2">
          <Badge tone={isAdded ? "good" : "bad"}>{isAdded ? "Added" : "Removed"}</Badge>
          <span className="font-medium">
            {place + 1}. {KINDS[step.kind]}
          </span>
        </div>
        <p className={`mt-1 break-words ${isAdded ? "" : "line-through"}`}>{sumUp(step)}</p>
      </div>
    );
  }
  const { from, to, after, isMoved, fields } = change;
  return (
    <div className={`rounded-lg border border-line p-3 text-sm ${isChanged(change) ? "" : "py-2 text-quiet"}`}>
      <div className="flex flex-wrap items-center gap-2">
        {isMoved ? <Badge tone="info">Moved</Badge> : null}
        {fields.length > 0 ? <Badge tone="warn">Changed</Badge> : null}
        <span className={isChanged(change) ? "font-medium" : ""}>
          {from === to ? (
            to + 1
          ) : (
            <>
              <span className="sr-only">Step </span>
              {from + 1} <ArrowRight className="inline size-3.5" aria-label="is now" /> {to + 1}
            </>
          )}
          . {KINDS[after.kind]}
        </span>
        {isChanged(change) ? null : <span className="min-w-0 flex-1 truncate">{sumUp(after)}</span>}
      </div>
      {fields.length === 0 ? null : (
        <div className="mt-2">
          <FieldList fields={fields} />
        </div>
      )}
    </div>
  );
}

function FieldList({ fields }: { readonly fields: readonly FieldChange[] }) {
  return (
    <dl className="space-y-2 text-sm">
      {fields.map((change) => (
        <div key={change.field} className="grid gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <dt className="text-quiet">{change.name}</dt>
          <dd className="min-w-0 break-words whitespace-pre-wrap">
            <FieldDiff change={change} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FieldDiff({ change: { before, after, isText } }: { readonly change: FieldChange }) {
  if (!isText || before === "" || after === "")
    return (
      <>
        {before === "" ? null : <Gone text={before} />}
        {before !== "" && after !== "" ? (
          <ArrowRight className="mx-1.5 inline size-3.5 text-quiet" aria-hidden />
        ) : null}
        {after === "" ? <span className="text-quiet"> (nothing)</span> : <Come text={after} />}
      </>
    );
  return wordParts(before, after).map(({ key, in: where, text }) => {
    if (where === "new") return <Come key={key} text={text} />;
    if (where === "gone") return <Gone key={key} text={text} />;
    return <span key={key}>{text}</span>;
  });
}

function Come({ text }: { readonly text: string }) {
  return <ins className="rounded bg-good-soft px-0.5 text-good no-underline">{text}</ins>;
}

function Gone({ text }: { readonly text: string }) {
  return <del className="rounded bg-bad-soft px-0.5 text-bad">{text}</del>;
}
