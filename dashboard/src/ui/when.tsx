import { useSyncExternalStore } from "react";
import { useZone } from "./zone.ts";

interface WhenProps {
  /** RFC 3339. */
  readonly at: string;
  /** `brief`: the relative time first and the clock small under it, for tables. */
  readonly form?: "full" | "brief";
  /** With its seconds. */
  readonly isExact?: boolean;
}

/** A time by the chosen clock, with its zone, and how long ago or ahead that is. */
export function When({ at, form = "full", isExact = false }: WhenProps) {
  const zone = useZone();
  const now = useNow();
  const instant = new Date(at);
  const clock = formatClock(instant, zone, now, isExact);
  const relative = sayDistance(instant.getTime() - now);
  const title = `${formatWhole(instant, zone)} · ${instant.toISOString()}`;
  if (form === "brief")
    return (
      <time dateTime={at} title={title} className="block leading-tight">
        <span className="block whitespace-nowrap">{relative}</span>
        <span className="block text-xs whitespace-nowrap text-quiet">{clock}</span>
      </time>
    );
  return (
    <time dateTime={at} title={title} className="whitespace-nowrap">
      {clock} <span className="text-quiet">· {relative}</span>
    </time>
  );
}

/** "in 3 hours", "2 minutes ago", "now". `ms` ahead; negative is past. */
export function sayDistance(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (Math.abs(seconds) < 5) return "now";
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? (["second", 1] as const);
  return RELATIVE.format(Math.trunc(seconds / size), unit);
}

/** A day and a time of day with the zone's short name; without the day where it is today. */
export function formatClock(instant: Date, timeZone: string, now: number, isExact = false): string {
  const isToday = dayIn(instant, timeZone) === dayIn(new Date(now), timeZone);
  const isThisYear = instant.getUTCFullYear() === new Date(now).getUTCFullYear();
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    ...(isToday ? {} : { weekday: "short", day: "numeric", month: "short" }),
    ...(isThisYear ? {} : { year: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    ...(isExact ? { second: "2-digit" } : {}),
    timeZoneName: "short",
  }).format(instant);
}

function formatWhole(instant: Date, timeZone: string): string {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "full", timeStyle: "medium" }).format(instant);
  return `${clock} ${timeZone}`;
}

function dayIn(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(instant);
}

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const satisfies readonly (readonly [Intl.RelativeTimeFormatUnit, number])[];

/** One clock for all times that are shown: it ticks every ten seconds, and only while somebody looks. */
const ticking = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function useNow(): number {
  return useSyncExternalStore(listenToClock, () => now);
}

function listenToClock(listener: () => void): () => void {
  ticking.add(listener);
  timer ??= setInterval(() => {
    if (document.hidden) return;
    now = Date.now();
    for (const tell of ticking) tell();
  }, 10_000);
  return () => {
    ticking.delete(listener);
    if (ticking.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
