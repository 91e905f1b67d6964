import type { OpenSpan } from "../opening.ts";

/** How far a message stays from others in milliseconds: `after` behind the one before it, `before` ahead of the next. */
export interface Apart {
  readonly after: number;
  readonly before: number;
}

/** So many distances are remembered: a mailbox has few, but where a day's messages are spread anew for each that comes. */
const DISTANCES_KNOWN_MAX = 8;

/**
 * The free times between those that are taken. Whoever looks for one passes all that are taken before it; so where nothing
 * was found is remembered, or ten thousand who come together would each pass all who came before them. It isn't stored: a
 * row that is written costs as much as a thousand that are read.
 */
export class FreeTimes {
  private readonly taken: (from: number, to: number) => Iterable<number>;
  private readonly known = new Map<string, { readonly apart: Apart; readonly shut: Spans }>();

  /** `taken` tells the instants (ms) from one on and before another, in order, and is read no farther than it has to be. */
  constructor(taken: (from: number, to: number) => Iterable<number>) {
    this.taken = taken;
  }

  /** The first instant (ms) of `span` that is so far from all that are taken; null when there is none. */
  first(span: OpenSpan, apart: Apart): number | null {
    const shut = this.shutFor(apart);
    for (let at = shut.endOf(span.from); at < span.to; at = shut.endOf(at)) {
      const part = { from: at, to: Math.min(shut.nextFrom(at), span.to) };
      const free = firstHole(this.taken(part.from - apart.after, part.to + apart.before), part, apart);
      if (free !== null) {
        shut.add(span.from, free);
        return free;
      }
      at = part.to;
    }
    shut.add(span.from, span.to);
    return null;
  }

  /** `at` (ms) is taken no more, or by one fewer. What is taken anew needs no word: it frees nothing. */
  vacate(at: number): void {
    for (const { apart, shut } of this.known.values()) shut.cut(at - apart.before, at + apart.after);
  }

  /** Nobody looks for a time before `at` (ms) any more. */
  forgetBefore(at: number): void {
    for (const { shut } of this.known.values()) shut.cut(Number.NEGATIVE_INFINITY, at);
  }

  private shutFor(apart: Apart): Spans {
    const key = `${apart.after} ${apart.before}`;
    const known = this.known.get(key);
    if (known !== undefined) return known.shut;
    const [oldest] = this.known.keys();
    if (this.known.size >= DISTANCES_KNOWN_MAX && oldest !== undefined) this.known.delete(oldest);
    const shut = new Spans();
    this.known.set(key, { apart, shut });
    return shut;
  }
}

/** The first instant of `span` that lies `after` behind whatever is taken before it and `before` ahead of what comes next. */
export function firstHole(taken: Iterable<number>, span: OpenSpan, { after, before }: Apart): number | null {
  let candidate = span.from;
  for (const at of taken) {
    if (at + after <= candidate) continue;
    if (at - before >= candidate && at > candidate) break;
    candidate = Math.max(candidate, at + after);
    if (candidate >= span.to) return null;
  }
  return candidate < span.to ? candidate : null;
}

/** Spans of time in their order, none of which touches another; `to` is outside. */
class Spans {
  private readonly list: OpenSpan[] = [];

  /** The end of the span that `at` lies in; `at` itself where it lies in none. */
  endOf(at: number): number {
    const span = this.list[this.endingAfter(at)];
    return span !== undefined && span.from <= at ? span.to : at;
  }

  /** Where the first span begins that ends after `at`. */
  nextFrom(at: number): number {
    return this.list[this.endingAfter(at)]?.from ?? Number.POSITIVE_INFINITY;
  }

  add(from: number, to: number): void {
    if (from >= to) return;
    const first = this.endingAfter(from - 1);
    let [last, joined] = [first, { from, to }];
    for (let span = this.list[last]; span !== undefined && span.from <= to; span = this.list[++last])
      joined = { from: Math.min(joined.from, span.from), to: Math.max(joined.to, span.to) };
    this.list.splice(first, last - first, joined);
  }

  cut(from: number, to: number): void {
    const first = this.endingAfter(from);
    const rest: OpenSpan[] = [];
    let last = first;
    for (let span = this.list[last]; span !== undefined && span.from < to; span = this.list[++last]) {
      if (span.from < from) rest.push({ from: span.from, to: from });
      if (span.to > to) rest.push({ from: to, to: span.to });
    }
    this.list.splice(first, last - first, ...rest);
  }

  /** The index of the first span that ends after `at`. */
  private endingAfter(at: number): number {
    let [low, high] = [0, this.list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle]?.to ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
