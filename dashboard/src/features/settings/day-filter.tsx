interface DayFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}

/** A day that a list begins or ends with. */
export function DayFilter({ label, value = "", onChange }: DayFilterProps) {
  return (
    <label className="flex items-center gap-2 text-sm text-quiet">
      {label}
      <input
        type="date"
        value={value}
        onChange={({ target }) => onChange(target.value === "" ? undefined : target.value)}
        className="h-9 rounded-lg border border-strong-line bg-card px-2 text-sm text-ink"
      />
    </label>
  );
}
