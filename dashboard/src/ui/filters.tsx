import { Search, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";

/** A row of filters over a list. What is chosen lives in the address, so that it can be kept and sent on. */
export function FilterBar({
  children,
  onClear,
}: {
  readonly children: ReactNode;
  readonly onClear?: (() => void) | undefined;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> isn't in the types yet
    <div role="search" className="mb-4 flex flex-wrap items-center gap-2">
      {children}
      {onClear === undefined ? null : (
        <Button isSmall weight="quiet" onClick={onClear}>
          <X className="size-3.5" aria-hidden /> Clear
        </Button>
      )}
    </div>
  );
}

interface SearchFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** Text to look for; asked for when the typing rests. The key `/` comes here. */
export function SearchFilter({ label, value = "", onChange }: SearchFilterProps) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    if (value !== told.current) setText((told.current = value));
  }, [value]);
  useEffect(() => {
    if (text === told.current) return;
    const timer = setTimeout(() => {
      told.current = text;
      onChange(text === "" ? undefined : text);
    }, 250);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <div className="relative min-w-48 flex-1 sm:max-w-80">
      <Search className="absolute top-2.5 left-2.5 size-4 text-quiet" aria-hidden />
      <input
        type="search"
        data-search
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={({ target }) => setText(target.value)}
        className="h-9 w-full rounded-lg border border-strong-line bg-card pr-3 pl-8 text-sm"
      />
    </div>
  );
}

interface SelectFilterProps<Value extends string> {
  readonly label: string;
  readonly value: Value | undefined;
  readonly options: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value | undefined) => void;
}

/** One of some, or all. */
export function SelectFilter<Value extends string>({ label, value, options, onChange }: SelectFilterProps<Value>) {
  const entries = Object.entries(options) as [Value, string][];
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={({ target }) => onChange(entries.find(([name]) => name === target.value)?.[0])}
      className={`h-9 max-w-56 rounded-lg border bg-card px-2.5 text-sm ${value === undefined ? "border-strong-line text-quiet" : "border-accent text-ink"}`}
    >
      <option value="">{label}: all</option>
      {entries.map(([name, text]) => (
        <option key={name} value={name}>
          {text}
        </option>
      ))}
    </select>
  );
}
