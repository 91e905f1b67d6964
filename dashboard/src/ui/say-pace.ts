interface Ramp {
  readonly start: number;
  readonly step: number;
  readonly ceiling: number;
}

/** A ramp as a sentence: how it begins, and when it is at its top. */
export function sayRamp({ start, step, ceiling }: Ramp): string {
  if (start >= ceiling || step <= 0) return `${start} a day from the first day on.`;
  const days = Math.ceil((ceiling - start) / step) + 1;
  const first = [start, start + step, start + 2 * step].filter((count) => count < ceiling);
  return `${first.join(", ")} … and ${ceiling} from day ${days} on.`;
}

/** Seconds as a person reads them. */
export function saySeconds(seconds: number): string {
  if (seconds < 120) return `${seconds} ${seconds === 1 ? "second" : "seconds"}`;
  const minutes = seconds / 60;
  return minutes < 120 ? `${Number(minutes.toFixed(1))} minutes` : `${Number((minutes / 60).toFixed(1))} hours`;
}
