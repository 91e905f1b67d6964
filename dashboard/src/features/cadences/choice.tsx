import { type ReactNode, useId } from "react";

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly value: Value;
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isOff?: boolean;
  /** What is asked further, once it is chosen. */
  readonly children?: ReactNode;
}

/** One of some ways, with a word about each, and what it asks for. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { name, value, chosen, onChoose, label, hint, isOff = false, children } = props;
  const id = useId();
  return (
    <div className="flex gap-2.5">
      <input
        id={id}
        type="radio"
        name={name}
        disabled={isOff}
        checked={chosen === value}
        onChange={() => onChoose(value)}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
      />
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {hint === undefined ? null : (
          <p id={`${id}-hint`} className="text-xs text-quiet">
            {hint}
          </p>
        )}
        {chosen === value && children ? <div className="mt-2">{children}</div> : null}
      </div>
    </div>
  );
}
