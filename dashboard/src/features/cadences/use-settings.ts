import { useState } from "react";
import type { Cadence, UpdateCadence } from "../../../../core/contract/cadence.ts";
import { Refusal } from "../../api/call.ts";
import { type TaggedCadence, useCadence, useCadenceChange } from "./use-cadence.ts";

/** What of a cadence is set on its own screen. */
export type SettingFields = Pick<Cadence, Exclude<keyof UpdateCadence, "enabled">>;
/** What a person has changed and not saved. */
export type Edits = Partial<SettingFields>;

/** The settings while they are typed. Only what was changed is sent, so what others change beside it stays. */
export function useSettings({ cadence, etag }: TaggedCadence) {
  const [edits, setEdits] = useState<Edits>({});
  /** What was there when the first change was made: what others have changed since is told by it. */
  const [base, setBase] = useState<Cadence>(cadence);
  const [clash, setClash] = useState<readonly (keyof Edits)[]>([]);
  const change = useCadenceChange(cadence.id);
  const { refetch } = useCadence(cadence.id);
  const changed = differing(edits, cadence);
  const isDirty = changed.length > 0;

  const set = (fields: Edits) => {
    if (!isDirty) setBase(cadence);
    setEdits((before) => ({ ...before, ...fields }));
  };
  const patch = async (tag: string | null) => {
    const body = Object.fromEntries(changed.map((field) => [field, edits[field]]));
    await change.mutateAsync({ method: "PATCH", body, etag: tag });
    setEdits({});
    setClash([]);
  };
  /** True when it is saved. A refusal is in `error`; what somebody else has set in the same fields is in `clash`. */
  const save = async (): Promise<boolean> => {
    try {
      await patch(etag);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status !== 412) return false;
    }
    const { data: now } = await refetch();
    if (now === undefined) return false;
    const both = changed.filter((field) => !isSame(now.cadence[field], base[field]));
    setBase(now.cadence);
    setClash(both);
    if (both.length > 0) return false;
    return patch(now.etag).then(
      () => true,
      () => false,
    );
  };
  const discard = () => {
    setEdits({});
    setClash([]);
  };
  const isConflict = change.error instanceof Refusal && change.error.status === 412;
  return {
    value: { ...cadence, ...edits },
    changed,
    isDirty,
    set,
    save,
    discard,
    isSaving: change.isPending,
    error: isConflict ? null : change.error,
    clash,
  };
}

/** What every part of the form takes. */
export interface SettingsPart {
  readonly value: Cadence;
  readonly error: unknown;
  readonly set: (fields: Edits) => void;
}

function differing(edits: Edits, cadence: Cadence): (keyof Edits)[] {
  return (Object.keys(edits) as (keyof Edits)[]).filter((field) => !isSame(edits[field], cadence[field]));
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
