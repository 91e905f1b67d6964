import { Plus, X } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { TextAreaField } from "../../ui/field.tsx";
import { type ContextDraft, type ContextRow, draftOf, emptyRow, readContext } from "./context-draft.ts";

interface ContextFieldProps {
  readonly value: ContextDraft;
  readonly onChange: (value: ContextDraft) => void;
  readonly fault?: string | undefined;
}

const INPUT = "h-9 min-w-0 rounded-lg border border-strong-line bg-card px-3 text-sm";

/** What the endpoint gets back with every draft request: names and values, or JSON. */
export function ContextField({ value, onChange, fault }: ContextFieldProps) {
  const read = readContext(value);
  const said = fault ?? (read.ok ? undefined : read.fault);
  const canBeRows = read.ok && draftOf(read.context).kind === "rows";
  const turn = () => {
    if (!read.ok) return;
    onChange(
      value.kind === "rows" ? { kind: "json", text: JSON.stringify(read.context, null, 2) } : draftOf(read.context),
    );
  };
  return (
    <fieldset className="space-y-2">
      <legend className="flex w-full items-center justify-between text-sm font-medium">
        Context
        <Button isSmall weight="quiet" onClick={turn} disabled={value.kind === "rows" ? !read.ok : !canBeRows}>
          {value.kind === "rows" ? "As JSON" : "As rows"}
        </Button>
      </legend>
      {value.kind === "rows" ? (
        <Rows rows={value.rows} onChange={(rows) => onChange({ kind: "rows", rows })} />
      ) : (
        <TextAreaField
          label="Context as JSON"
          rows={8}
          spellCheck={false}
          className="font-mono text-xs"
          value={value.text}
          onChange={({ target }) => onChange({ kind: "json", text: target.value })}
        />
      )}
      <p className="text-xs text-quiet">
        Your endpoint gets it with every draft request; static text can use it as {"{{context.name}}"}. At most 16 KiB.
      </p>
      {said === undefined ? null : <p className="text-xs font-medium text-bad">{said}</p>}
    </fieldset>
  );
}

function Rows({
  rows,
  onChange,
}: {
  readonly rows: readonly ContextRow[];
  readonly onChange: (rows: readonly ContextRow[]) => void;
}) {
  const set = (id: string, change: Partial<ContextRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...change } : row)));
  return (
    <div className="space-y-2">
      {rows.map(({ id, key, value }, index) => (
        <div key={id} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-2">
          <input
            aria-label={`Name of value ${index + 1}`}
            placeholder="company"
            className={INPUT}
            value={key}
            onChange={({ target }) => set(id, { key: target.value })}
          />
          <input
            aria-label={`Value ${index + 1}`}
            placeholder="Acme"
            className={INPUT}
            value={value}
            onChange={({ target }) => set(id, { value: target.value })}
          />
          <Button
            weight="quiet"
            aria-label={`Remove value ${index + 1}`}
            className="px-2!"
            onClick={() => onChange(rows.filter((row) => row.id !== id))}
          >
            <X className="size-4" aria-hidden />
          </Button>
        </div>
      ))}
      <Button isSmall onClick={() => onChange([...rows, emptyRow()])}>
        <Plus className="size-3.5" aria-hidden /> Add a value
      </Button>
    </div>
  );
}
