import type { Step, StepKind } from "../../../../core/contract/step.ts";

/** A step in the editor: the contract's knows no name of its own, and one that is moved must stay itself. */
export interface EditedStep {
  readonly key: string;
  readonly step: Step;
}

/** The steps as they are typed, and every state of them that one can go back or forth to. */
export interface EditorState {
  readonly steps: readonly EditedStep[];
  readonly past: readonly (readonly EditedStep[])[];
  readonly future: readonly (readonly EditedStep[])[];
  /** What is being typed in: further letters in the same field are the same change. */
  readonly typing: string | null;
}

/** What a person does to the steps. */
export type EditorAction =
  | { readonly kind: "change"; readonly key: string; readonly fields: Partial<Step> }
  /** Typing has rested: what comes next in the same field is a change of its own. */
  | { readonly kind: "rest" }
  | { readonly kind: "add"; readonly at: number; readonly added: EditedStep }
  | { readonly kind: "duplicate"; readonly key: string; readonly newKey: string }
  | { readonly kind: "remove"; readonly key: string }
  /** `to` is the place that the step has afterwards. */
  | { readonly kind: "move"; readonly key: string; readonly to: number }
  | { readonly kind: "replace"; readonly steps: readonly EditedStep[] }
  | { readonly kind: "undo" }
  | { readonly kind: "redo" };

/** So many changes can be taken back. */
const PAST_MAX = 200;

/** The editor as it opens. */
export function openEditor(steps: readonly EditedStep[]): EditorState {
  return { steps, past: [], future: [], typing: null };
}

/** What becomes of the steps. */
export function edit(state: EditorState, action: EditorAction): EditorState {
  switch (action.kind) {
    case "rest":
      return state.typing === null ? state : { ...state, typing: null };
    case "undo":
      return undo(state);
    case "redo":
      return redo(state);
    case "change":
      return change(state, action.key, action.fields);
    case "add":
      // A removal that was undone twice, by the key and by the note about it, brings the step back once.
      if (state.steps.some(({ key }) => key === action.added.key)) return state;
      return next(state, state.steps.toSpliced(action.at, 0, action.added));
    case "duplicate":
      return duplicate(state, action.key, action.newKey);
    case "remove":
      return next(
        state,
        state.steps.filter(({ key }) => key !== action.key),
      );
    case "move":
      return move(state, action.key, action.to);
    case "replace":
      return next(state, action.steps);
  }
}

/** A step of a kind as it begins: at once where it is the first, else two days later. */
export function newStep(kind: StepKind, isFirst: boolean): Step {
  return {
    kind,
    delayDays: isFirst ? 0 : 2,
    condition: isFirst || kind === "wait" ? null : "no_reply_to_prev",
    draftStrategy: "webhook",
    onDraftFailure: "hold",
    staticSubject: null,
    staticBody: null,
    promptHint: null,
    maxChars: null,
    notes: null,
  };
}

/** Whether both lists say the same, whatever their keys and the order in which the fields were written. */
export function saySame(left: readonly Step[], right: readonly Step[]): boolean {
  return JSON.stringify(left.map(meaning)) === JSON.stringify(right.map(meaning));
}

/** The steps as the API takes them. */
export function plainSteps(steps: readonly EditedStep[]): Step[] {
  return steps.map(({ step }) => step);
}

function meaning(step: Step): unknown {
  return Object.entries(step)
    .filter(([, value]) => value !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

function change(state: EditorState, key: string, fields: Partial<Step>): EditorState {
  const steps = state.steps.map((one) => (one.key === key ? { key, step: { ...one.step, ...fields } } : one));
  const typing = `${key} ${Object.keys(fields).join(" ")}`;
  if (state.typing === typing) return { ...state, steps, future: [] };
  return { ...next(state, steps), typing };
}

function duplicate(state: EditorState, key: string, newKey: string): EditorState {
  const at = state.steps.findIndex((one) => one.key === key);
  const original = state.steps[at];
  if (original === undefined) return state;
  return next(state, state.steps.toSpliced(at + 1, 0, { key: newKey, step: original.step }));
}

function move(state: EditorState, key: string, to: number): EditorState {
  const from = state.steps.findIndex((one) => one.key === key);
  const moved = state.steps[from];
  const place = Math.max(0, Math.min(to, state.steps.length - 1));
  if (moved === undefined || from === place) return state;
  return next(state, state.steps.toSpliced(from, 1).toSpliced(place, 0, moved));
}

function next(state: EditorState, steps: readonly EditedStep[]): EditorState {
  return { steps, past: [...state.past, state.steps].slice(-PAST_MAX), future: [], typing: null };
}

function undo({ steps, past, future }: EditorState): EditorState {
  const before = past.at(-1);
  if (before === undefined) return { steps, past, future, typing: null };
  return { steps: before, past: past.slice(0, -1), future: [steps, ...future], typing: null };
}

function redo({ steps, past, future }: EditorState): EditorState {
  const [after, ...rest] = future;
  if (after === undefined) return { steps, past, future, typing: null };
  return { steps: after, past: [...past, steps], future: rest, typing: null };
}
