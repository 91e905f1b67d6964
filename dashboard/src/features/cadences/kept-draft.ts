import type { Step } from "../../../../core/contract/step.ts";
import { forgetStored, readStored, writeStored } from "../../api/stored.ts";
import { type EditedStep, saySame } from "./editor-state.ts";

/** Steps that were typed and not saved, as this browser keeps them. */
export interface KeptDraft {
  /** What was saved when the typing began. */
  readonly base: readonly Step[];
  readonly steps: readonly EditedStep[];
  /** RFC 3339. */
  readonly at: string;
}

/** What was typed for this cadence and not saved; null where nothing was. */
export function readKept(cadenceId: string): KeptDraft | null {
  const text = readStored(nameOf(cadenceId));
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as KeptDraft;
    return Array.isArray(kept.base) && Array.isArray(kept.steps) && typeof kept.at === "string" ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps it, so that a reload or a fallen tab loses nothing. */
export function keep(cadenceId: string, draft: KeptDraft): void {
  writeStored(nameOf(cadenceId), JSON.stringify(draft));
}

/** It is saved, or nobody wants it any more. */
export function forgetKept(cadenceId: string): void {
  forgetStored(nameOf(cadenceId));
}

/** Whether something was typed for this cadence that isn't in what is saved. */
export function hasUnsaved(cadenceId: string, saved: readonly Step[]): boolean {
  const kept = readKept(cadenceId);
  return (
    kept !== null &&
    !saySame(
      kept.steps.map(({ step }) => step),
      saved,
    )
  );
}

function nameOf(cadenceId: string): string {
  return `steps:${cadenceId}`;
}
