import { useEffect, useReducer, useState } from "react";
import type { Step } from "../../../../core/contract/step.ts";
import { Refusal } from "../../api/call.ts";
import { type EditedStep, type EditorAction, edit, openEditor, plainSteps, saySame } from "./editor-state.ts";
import { forgetKept, keep, readKept } from "./kept-draft.ts";
import { type StepFaults, stepFaultsOf } from "./step-faults.ts";
import { type TaggedCadence, useCadence, useCadenceChange } from "./use-cadence.ts";

/**
 * The steps of a cadence while they are typed. What was typed outlives a reload; what somebody else has saved meanwhile never
 * takes its place unasked (`theirs`), and is never overwritten unasked either.
 */
export function useEditor({ cadence, etag }: TaggedCadence) {
  const [kept] = useState(() => readKept(cadence.id));
  const [base, setBase] = useState<readonly Step[]>(kept?.base ?? cadence.steps);
  const [state, dispatch] = useReducer(edit, kept?.steps ?? withKeys(cadence.steps), openEditor);
  const [faults, setFaults] = useState<StepFaults>({});
  const change = useCadenceChange(cadence.id);
  const { refetch } = useCadence(cadence.id);
  const steps = plainSteps(state.steps);
  const isSaved = saySame(steps, cadence.steps);
  const isDirty = !isSaved && !saySame(steps, base);
  const isBehind = !saySame(cadence.steps, base);
  useFollow(isDirty, isBehind, () => {
    setBase(cadence.steps);
    if (!isSaved) dispatch({ kind: "replace", steps: withKeys(cadence.steps) });
  });
  useEffect(() => {
    if (isDirty) keep(cadence.id, { base, steps: state.steps, at: new Date().toISOString() });
    else forgetKept(cadence.id);
  }, [cadence.id, base, state.steps, isDirty]);

  const act = (action: EditorAction) => {
    if (action.kind === "change") setFaults((before) => withoutFaults(before, action.key, Object.keys(action.fields)));
    dispatch(action);
  };
  const put = async (sent: readonly EditedStep[], tag: string | null) => {
    const saved = await change.mutateAsync({
      method: "PUT",
      path: "/steps",
      body: { steps: plainSteps(sent) },
      etag: tag,
    });
    setBase(saved.cadence.steps);
    setFaults({});
  };
  /** True when it is saved. A refusal is in `error` and `faults`, or in `theirs` when somebody else came first. */
  const save = async (): Promise<boolean> => {
    dispatch({ kind: "rest" });
    const sent = state.steps;
    try {
      await put(sent, etag);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status !== 412) {
        setFaults(
          stepFaultsOf(
            error.problem,
            sent.map(({ key }) => key),
          ),
        );
        return false;
      }
    }
    // Somebody has changed something. Where it wasn't the steps (a switch, a setting), theirs and these don't touch.
    const { data: now } = await refetch();
    if (now === undefined || !saySame(now.cadence.steps, base)) return false;
    return put(sent, now.etag).then(
      () => true,
      () => false,
    );
  };
  const takeTheirs = () => {
    setBase(cadence.steps);
    dispatch({ kind: "replace", steps: withKeys(cadence.steps) });
  };
  /** What stands here goes on from theirs: the next saving puts it in their place. */
  const keepMine = () => setBase(cadence.steps);
  const discard = () => {
    forgetKept(cadence.id);
    dispatch({ kind: "replace", steps: withKeys(base) });
  };
  const isConflict = change.error instanceof Refusal && change.error.status === 412;
  return {
    steps: state.steps,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    act,
    save,
    discard,
    isDirty,
    isSaving: change.isPending,
    error: isConflict ? null : change.error,
    faults,
    theirs: isDirty && isBehind ? cadence.steps : null,
    takeTheirs,
    keepMine,
    keptAt: kept?.at ?? null,
  };
}

/** What the editor hands to its parts. */
export type Editor = ReturnType<typeof useEditor>;

/** Steps with keys of their own. */
export function withKeys(steps: readonly Step[]): EditedStep[] {
  return steps.map((step) => ({ key: crypto.randomUUID(), step }));
}

/** Where nothing was typed, what somebody else saves is simply shown. */
function useFollow(isDirty: boolean, isBehind: boolean, follow: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that one is behind
  useEffect(() => {
    if (isBehind && !isDirty) follow();
  }, [isBehind, isDirty]);
}

function withoutFaults(faults: StepFaults, key: string, fields: readonly string[]): StepFaults {
  const ofStep = faults[key];
  if (ofStep === undefined) return faults;
  return { ...faults, [key]: Object.fromEntries(Object.entries(ofStep).filter(([field]) => !fields.includes(field))) };
}
