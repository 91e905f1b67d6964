import type { CadenceVersion } from "../core/cadence.ts";
import type { Enrollment } from "../core/enrollment.ts";
import type { StoredBesides } from "./enrollment-store.ts";

/** An enrollment's object as an export has it: the truth, and whatever is stored beside it. */
export interface TakenOut extends StoredBesides {
  readonly state: Enrollment;
  readonly cadence: CadenceVersion;
}
