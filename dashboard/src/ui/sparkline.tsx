/** The shape of some figures, small; `label` says what they are and how many. */
export function Sparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const most = Math.max(1, ...values);
  const points = values.map(
    (value, index) => `${(index / Math.max(1, values.length - 1)) * 96 + 2},${22 - (value / most) * 18}`,
  );
  return (
    <svg viewBox="0 0 100 24" className="h-6 w-24" role="img" aria-label={label}>
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.75"
        strokeLinejoin="round"
      />
    </svg>
  );
}
