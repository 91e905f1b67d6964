const WIDTH = 96;
const HEIGHT = 22;
const GAP = 3;

/** How many are left from one stage to the next, small; `label` says what they are and how many. */
export function FunnelSparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const most = Math.max(1, ...values);
  const bar = WIDTH / Math.max(1, values.length);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-6 w-24" role="img" aria-label={label}>
      <title>{label}</title>
      {values.map((value, index) => {
        const height = Math.max(1.5, (value / most) * HEIGHT);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place in the row
            key={index}
            x={index * bar}
            y={HEIGHT - height}
            width={Math.max(1, Math.min(16, bar - GAP))}
            height={height}
            rx="1"
            fill={value === 0 ? "var(--strong-line)" : "var(--accent)"}
          />
        );
      })}
    </svg>
  );
}
