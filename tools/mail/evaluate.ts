import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Inspection, inspectMail } from "./inspect.ts";
import type { Labelled } from "./manifest.ts";

/** What one labelled mail came out as, and how long it took (parsing, classifying, splitting), in milliseconds. */
export interface Judged {
  readonly labelled: Labelled;
  readonly inspection: Inspection | null;
  /** Why it broke; null for every mail that didn't. */
  readonly crash: string | null;
  readonly ms: number;
}

/** Inspects every mail of a manifest in `folder`, one after another, so that the times are each mail's own. */
export async function judgeAll(folder: string, labelled: readonly Labelled[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const mail of labelled) {
    const raw = new Uint8Array(readFileSync(join(folder, mail.file)));
    const begun = performance.now();
    try {
      const inspection = await inspectMail(mail.file, raw, RECEIVED_AT);
      judged.push({ labelled: mail, inspection, crash: null, ms: performance.now() - begun });
    } catch (error) {
      judged.push({ labelled: mail, inspection: null, crash: String(error), ms: performance.now() - begun });
    }
  }
  return judged;
}

/** Any fixed day, so that two runs say the same. */
const RECEIVED_AT = Date.UTC(2026, 0, 1);
