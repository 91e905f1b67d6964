import { useId } from "react";
import type { KeysChoice } from "../../../../core/contract/member.ts";
import { Refusal } from "../../api/call.ts";
import { ProblemNote } from "../../ui/notes.tsx";

interface KeysQuestionProps {
  readonly error: unknown;
  readonly value: KeysChoice | null;
  readonly onChange: (choice: KeysChoice) => void;
}

const CHOICES = {
  revoke: { name: "Revoke them", what: "Whatever uses one of them stops working with its next request." },
  keep: { name: "Keep them for the workspace", what: "Right only if the member has no copy of them." },
} as const satisfies Record<KeysChoice, object>;

/** Why it was refused; and where that is because of keys that a member made, the question what becomes of those. */
export function KeysQuestion({ error, value, onChange }: KeysQuestionProps) {
  const name = useId();
  if (!isAboutKeys(error) && value === null) return <ProblemNote error={error} />;
  return (
    <div className="space-y-3">
      {isAboutKeys(error) ? (
        <p role="alert" className="rounded-lg bg-warn-soft px-3 py-2 text-sm">
          <span className="font-medium text-warn">What becomes of their keys? </span>
          {error.message.replace(/ Say `keys=.*$/, "")}
        </p>
      ) : (
        <ProblemNote error={error} />
      )}
      <fieldset className="space-y-2">
        <legend className="sr-only">What becomes of their keys</legend>
        {(["revoke", "keep"] as const).map((choice) => (
          <label
            key={choice}
            className="flex gap-3 rounded-lg border border-line px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={name}
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
              checked={choice === value}
              onChange={() => onChange(choice)}
            />
            <span>
              <span className="font-medium">{CHOICES[choice].name}</span>
              <span className="block text-xs text-quiet">{CHOICES[choice].what}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

/** Whether it was refused because nobody said what becomes of the keys. */
export function isAboutKeys(error: unknown): error is Refusal {
  return error instanceof Refusal && error.problem.code === "has_keys";
}
