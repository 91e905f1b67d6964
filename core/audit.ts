import type { Actor } from "./actor.ts";
import type { Mode } from "./enrollment.ts";
import { utf8Bytes } from "./utf8.ts";

/** A field whose JSON takes more is told by its size: the audit log is no second place for whole texts. */
const FIELD_BYTES_MAX = 16 * 1024;

/** A thing as the API shows it; so never with a secret. */
export type Shown = Readonly<Record<string, unknown>>;

/** What an act was done to. The id is null where there are many, or none yet. */
export interface Target {
  readonly kind: string;
  readonly id: string | null;
}

/** What an act changed: the fields that differ. `before` is null for what was made, `after` for what is gone. */
export interface Difference {
  readonly before: Shown | null;
  readonly after: Shown | null;
}

/** One row of the audit log. `at` in milliseconds; `id` is made by whoever acts, so that a repeat of the writing is one row. */
export interface AuditAct extends Difference {
  readonly id: string;
  readonly tenantId: string;
  readonly mode: Mode;
  readonly at: number;
  readonly actor: Actor;
  /** `<target>.<verb>`, such as `mailbox.update`. */
  readonly action: string;
  readonly outcome: "done" | "refused";
  readonly target: Target;
  readonly from: { readonly address: string | null; readonly userAgent: string | null };
  readonly requestId: string | null;
}

/** The fields in which two states of a thing differ. Of one state alone all of them. */
export function differenceOf(before: Shown | null, after: Shown | null): Difference {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const differing = [...names].filter((name) => textOf(before?.[name]) !== textOf(after?.[name]));
  return { before: only(before, differing), after: only(after, differing) };
}

function only(state: Shown | null, names: readonly string[]): Shown | null {
  if (state === null) return null;
  return Object.fromEntries(
    names.filter((name) => state[name] !== undefined).map((name) => [name, short(state[name])]),
  );
}

function short(value: unknown): unknown {
  const bytes = utf8Bytes(textOf(value));
  return bytes <= FIELD_BYTES_MAX ? value : { tooLongBytes: bytes };
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? "";
}
