import { sayMs } from "./say-entry.ts";

interface TimingBarProps {
  readonly firstByteMs: number | null;
  readonly totalMs: number | null;
}

/** Where the time went: until the first byte came (connecting is part of it), and until the last. */
export function TimingBar({ firstByteMs, totalMs }: TimingBarProps) {
  if (totalMs === null) return <p className="text-sm text-quiet">No time was taken.</p>;
  const waited = firstByteMs ?? totalMs;
  const share = totalMs === 0 ? 100 : Math.min(100, Math.max(1, (waited / totalMs) * 100));
  return (
    <figure>
      <figcaption className="mb-1.5 flex justify-between text-xs text-quiet">
        <span>Time</span>
        <span className="tabular-nums">{sayMs(totalMs)} in all</span>
      </figcaption>
      <div aria-hidden className="flex h-3 overflow-hidden rounded-full bg-raised">
        <div className={firstByteMs === null ? "bg-bad" : "bg-accent"} style={{ width: `${share}%` }} />
        <div className="bg-info" style={{ width: `${100 - share}%` }} />
      </div>
      <ul className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1 text-xs">
        <li className="flex items-center gap-1.5">
          <span aria-hidden className={`size-2 rounded-full ${firstByteMs === null ? "bg-bad" : "bg-accent"}`} />
          {firstByteMs === null ? "Waited; no byte came" : "Connecting and waiting for the first byte"}:{" "}
          <span className="tabular-nums">{sayMs(waited)}</span>
        </li>
        {firstByteMs === null ? null : (
          <li className="flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-full bg-info" />
            Reading the rest: <span className="tabular-nums">{sayMs(totalMs - firstByteMs)}</span>
          </li>
        )}
      </ul>
    </figure>
  );
}
