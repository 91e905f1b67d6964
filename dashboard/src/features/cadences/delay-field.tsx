import { useEffect, useState } from "react";
import type { Step } from "../../../../core/contract/step.ts";
import { useMode } from "../../api/mode.ts";
import { Field } from "../../ui/field.tsx";
import { type DelayUnit, delayFields, delayOf } from "./step-words.ts";

const UNITS = { day: "days", hour: "hours", minute: "minutes", second: "seconds" } as const satisfies Record<
  DelayUnit,
  string
>;

interface DelayFieldProps {
  readonly step: Step;
  readonly isFirst: boolean;
  readonly fault: string | undefined;
  readonly onChange: (fields: Pick<Step, "delayDays" | "delaySeconds">) => void;
}

/** How long after the step before, in the unit that one thinks in. */
export function DelayField({ step, isFirst, fault, onChange }: DelayFieldProps) {
  const mode = useMode();
  const delay = delayOf(step);
  const [unit, setUnit] = useState(delay.unit);
  const [text, setText] = useState(String(delay.amount));
  const typed = delayOf(delayFields({ amount: Number(text), unit }));
  const isElsewhere = typed.amount !== delay.amount || typed.unit !== delay.unit;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an undo, or another hand, has set it to something else
  useEffect(() => {
    if (!isElsewhere) return;
    setUnit(delay.unit);
    setText(String(delay.amount));
  }, [delay.amount, delay.unit]);
  const change = (nextText: string, nextUnit: DelayUnit) => {
    setText(nextText);
    setUnit(nextUnit);
    onChange(delayFields({ amount: Number(nextText), unit: nextUnit }));
  };
  const units = (Object.keys(UNITS) as DelayUnit[]).filter(
    (one) => one !== "second" || mode === "test" || unit === one,
  );
  return (
    <Field
      label="Delay"
      hint={
        isFirst ? "After a lead is enrolled." : "After the step before is done. Then it waits for a sending window."
      }
      fault={fault}
    >
      {(wiring) => (
        <div className="flex gap-2">
          <input
            {...wiring}
            type="number"
            min={0}
            step="any"
            inputMode="decimal"
            value={text}
            onChange={({ target }) => change(target.value, unit)}
            className="h-9 w-24 rounded-lg border border-strong-line bg-card px-3 text-sm tabular-nums aria-invalid:border-bad"
          />
          <select
            aria-label="Unit of the delay"
            value={unit}
            onChange={({ target }) => change(text, units.find((one) => one === target.value) ?? "day")}
            className="h-9 rounded-lg border border-strong-line bg-card px-2 text-sm"
          >
            {units.map((one) => (
              <option key={one} value={one}>
                {UNITS[one]}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}
