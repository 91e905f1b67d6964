import type { Step } from "../../../../core/contract/step.ts";
import type { Definition } from "./definition.ts";
import { FIELD_NAMES, type FieldName, SETTING_NAMES, sayField, saySetting } from "./field-words.ts";

/** One field that says something else: both in words. `isText` is long enough to be compared word by word. */
export interface FieldChange {
  readonly field: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly isText: boolean;
}

/** What has become of one step. Places count from 0. */
export type StepChange =
  | { readonly kind: "added"; readonly to: number; readonly after: Step }
  | { readonly kind: "removed"; readonly from: number; readonly before: Step }
  | {
      readonly kind: "kept";
      readonly from: number;
      readonly to: number;
      readonly before: Step;
      readonly after: Step;
      /** Its order among the steps that both have is another. */
      readonly isMoved: boolean;
      readonly fields: readonly FieldChange[];
    };

/** What differs between two definitions. */
export interface DefinitionDiff {
  readonly steps: readonly StepChange[];
  readonly settings: readonly FieldChange[];
  readonly isSame: boolean;
}

/** What has changed from one definition to the other; `nameOf` says the names of endpoints and mailboxes by their ids. */
export function diffDefinitions(
  before: Definition,
  after: Definition,
  nameOf: (id: string) => string = (id) => id,
): DefinitionDiff {
  const steps = diffSteps(before.steps, after.steps);
  const settings = diffSettings(before, after, nameOf);
  const isSame = settings.length === 0 && steps.every((step) => step.kind === "kept" && !isChanged(step));
  return { steps, settings, isSame };
}

/** Whether anything of a step that both have is another. */
export function isChanged(step: Extract<StepChange, { kind: "kept" }>): boolean {
  return step.isMoved || step.fields.length > 0;
}

/** In the order of `after`, what was removed standing where it stood. */
export function diffSteps(before: readonly Step[], after: readonly Step[]): StepChange[] {
  const pairs = pairUp(before, after);
  const inOrder = longestRising(pairs.map(({ from }) => from));
  const kept = new Map(
    pairs.map(({ from, to, before: one, after: other }): [number, StepChange] => [
      to,
      {
        kind: "kept",
        from,
        to,
        before: one,
        after: other,
        isMoved: !inOrder.has(from),
        fields: diffFields(one, other),
      },
    ]),
  );
  const pairedFrom = new Set(pairs.map(({ from }) => from));
  const changes = after.map((step, to): StepChange => kept.get(to) ?? { kind: "added", to, after: step });
  for (const [from, step] of before.entries()) {
    if (pairedFrom.has(from)) continue;
    changes.splice(placeOfRemoved(changes, from), 0, { kind: "removed", from, before: step });
  }
  return changes;
}

/** Right after what stood before it. */
function placeOfRemoved(changes: readonly StepChange[], from: number): number {
  return changes.findLastIndex((change) => change.kind !== "added" && isFirmBefore(change, from)) + 1;
}

function isFirmBefore(change: Exclude<StepChange, { kind: "added" }>, from: number): boolean {
  return change.from < from && (change.kind === "removed" || !change.isMoved);
}

interface Pair {
  readonly from: number;
  readonly to: number;
  readonly before: Step;
  readonly after: Step;
}

/** Below this two steps have too little in common to be the same one. */
const ALIKE_MIN = 0.6;
/** Two in the same place need less: there a rewritten one is likelier than one removed and another added. */
const SAME_PLACE_BONUS = 0.25;

/** Steps have no names, so the likeliest are taken for the same one: the most alike first, of equals those in the same place. */
function pairUp(before: readonly Step[], after: readonly Step[]): Pair[] {
  const candidates = before
    .flatMap((one, from) =>
      after.map((other, to) => ({
        from,
        to,
        before: one,
        after: other,
        alike: likeness(one, other),
        bonus: from === to ? SAME_PLACE_BONUS : 0,
      })),
    )
    .filter(({ before: one, after: other, alike, bonus }) => one.kind === other.kind && alike + bonus >= ALIKE_MIN)
    .sort(
      (left, right) =>
        right.alike - left.alike || right.bonus - left.bonus || distance(left) - distance(right) || left.to - right.to,
    );
  const usedFrom = new Set<number>();
  const usedTo = new Set<number>();
  const pairs: Pair[] = [];
  for (const { from, to, before: one, after: other } of candidates) {
    if (usedFrom.has(from) || usedTo.has(to)) continue;
    usedFrom.add(from);
    usedTo.add(to);
    pairs.push({ from, to, before: one, after: other });
  }
  return pairs.sort((left, right) => left.to - right.to);
}

function distance({ from, to }: { readonly from: number; readonly to: number }): number {
  return Math.abs(from - to);
}

/** The words count as much as all other fields together. From 0 to 1. */
function likeness(left: Step, right: Step): number {
  const fields = diffFields(left, right).length;
  const rest = 1 - fields / FIELDS.length;
  return (rest + sharedWords(wordsOf(left), wordsOf(right))) / 2;
}

function wordsOf({ promptHint, staticSubject, staticBody, notes }: Step): ReadonlySet<string> {
  const text = [promptHint, staticSubject, staticBody, notes].filter((one) => one !== null).join(" ");
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

function sharedWords(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  if (left.size + right.size === 0) return 1;
  const shared = [...left].filter((word) => right.has(word)).length;
  return (2 * shared) / (left.size + right.size);
}

const FIELDS = Object.keys(FIELD_NAMES) as FieldName[];
const TEXTS: readonly string[] = ["staticSubject", "staticBody", "promptHint", "notes"];

/** The fields in which two steps differ. */
export function diffFields(before: Step, after: Step): FieldChange[] {
  return FIELDS.flatMap((field): FieldChange[] => {
    const [was, is] = [sayField(before, field), sayField(after, field)];
    if (was === is) return [];
    return [{ field, name: FIELD_NAMES[field], before: was, after: is, isText: TEXTS.includes(field) }];
  });
}

function diffSettings(before: Definition, after: Definition, nameOf: (id: string) => string): FieldChange[] {
  return (Object.keys(SETTING_NAMES) as (keyof typeof SETTING_NAMES)[]).flatMap((field): FieldChange[] => {
    const [was, is] = [saySetting(before, field, nameOf), saySetting(after, field, nameOf)];
    if (was === is) return [];
    return [{ field, name: SETTING_NAMES[field], before: was, after: is, isText: false }];
  });
}

/** Which of these different numbers form the longest row that only rises: what isn't in it has moved. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const best: { readonly length: number; readonly before: number }[] = [];
  for (const [index, number] of numbers.entries()) {
    let length = 1;
    let before = -1;
    for (let earlier = 0; earlier < index; earlier++) {
      const candidate = best[earlier];
      if (candidate === undefined || (numbers[earlier] ?? 0) >= number || candidate.length < length) continue;
      length = candidate.length + 1;
      before = earlier;
    }
    best.push({ length, before });
  }
  const row = new Set<number>();
  let at = best.findIndex(({ length }) => length === Math.max(...best.map((one) => one.length)));
  while (at >= 0) {
    row.add(numbers[at] ?? 0);
    at = best[at]?.before ?? -1;
  }
  return row;
}
