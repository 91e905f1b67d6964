interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** Null as long as nobody knows how many there are. */
  readonly total: number | null;
  /** Under the bar: how many, how fast, how long still. */
  readonly children?: React.ReactNode;
}

/** How far long work has come. */
export function Progress({ label, done, total, children }: ProgressProps) {
  const percent = total === null || total === 0 ? null : Math.min(100, Math.round((done / total) * 100));
  return (
    <div className="space-y-1.5">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { "aria-valuenow": percent })}
        className="h-2 overflow-hidden rounded-full bg-raised"
      >
        <div
          className={`h-full rounded-full bg-accent transition-[width] ${percent === null ? "animate-pulse" : ""}`}
          style={{ width: percent === null ? "100%" : `${percent}%` }}
        />
      </div>
      {children === undefined ? null : <div className="text-sm text-quiet tabular-nums">{children}</div>}
    </div>
  );
}
