import { CircleAlert } from "lucide-react";
import { Refusal } from "../../api/call.ts";
import { ProblemNote } from "../../ui/notes.tsx";
import { FIELD_NAMES } from "./field-words.ts";
import type { Editor } from "./use-editor.ts";

interface SaveFaultsProps {
  readonly editor: Editor;
  readonly onOpen: (key: string) => void;
}

/** Why the steps weren't saved: each fault by the step that it is in; what is in no step in the engine's own words. */
export function SaveFaults({ editor: { error, faults, steps }, onOpen }: SaveFaultsProps) {
  if (error === null) return null;
  const found = steps.flatMap(({ key }, index) =>
    Object.entries(faults[key] ?? {}).map(([field, detail]) => ({ key, index, field, detail })),
  );
  const told = error instanceof Refusal ? (error.problem.errors ?? []) : [];
  const areAllInSteps =
    told.length > 0 && told.every((fault) => "pointer" in fault && /^\/steps\/\d+/.test(fault.pointer));
  if (!areAllInSteps)
    return (
      <div className="mb-4">
        <ProblemNote error={error} />
      </div>
    );
  if (found.length === 0) return null;
  return (
    <div role="alert" className="mb-4 flex gap-3 rounded-lg border border-line bg-bad-soft px-4 py-3 text-sm">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
      <div className="min-w-0">
        <p className="font-medium">
          It isn't saved: {found.length === 1 ? "one thing is" : `${found.length} things are`} to mend.
        </p>
        <ul className="mt-1 space-y-1">
          {found.map(({ key, index, field, detail }) => (
            <li key={`${key} ${field}`}>
              <button type="button" className="min-h-6 text-left underline" onClick={() => onOpen(key)}>
                Step {index + 1}
                {field === "" ? "" : `, ${nameOfField(field)}`}
              </button>
              : {detail}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function nameOfField(field: string): string {
  const name = Object.entries(FIELD_NAMES).find(([one]) => one === field)?.[1];
  return (name ?? field).toLowerCase();
}
