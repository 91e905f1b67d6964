import { describe, expect, it } from "vitest";
import {
  type EditorState,
  edit,
  newStep,
  openEditor,
  plainSteps,
  saySame,
} from "../../../dashboard/src/features/cadences/editor-state.ts";

const three = (): EditorState =>
  openEditor(["a", "b", "c"].map((key) => ({ key, step: { ...newStep("email", key === "a"), notes: key } })));
const order = (state: EditorState) => state.steps.map(({ step }) => step.notes).join("");

describe("the editor of steps", () => {
  it("moves a step to the place that it is dropped at, up and down", () => {
    expect(order(edit(three(), { kind: "move", key: "a", to: 2 }))).toBe("bca");
    expect(order(edit(three(), { kind: "move", key: "c", to: 0 }))).toBe("cab");
    expect(order(edit(three(), { kind: "move", key: "b", to: 99 }))).toBe("acb");
  });

  it("takes nothing for a change that changes nothing, so that undo doesn't stand still", () => {
    const state = three();
    expect(edit(state, { kind: "move", key: "a", to: 0 })).toBe(state);
    expect(edit(state, { kind: "move", key: "a", to: -1 })).toBe(state);
  });

  it("gives back a removed step with its words, and takes it away again by redo", () => {
    const removed = edit(three(), { kind: "remove", key: "b" });
    expect(order(removed)).toBe("ac");
    const back = edit(removed, { kind: "undo" });
    expect(order(back)).toBe("abc");
    expect(order(edit(back, { kind: "redo" }))).toBe("ac");
  });

  it("brings a removed step back once, however often its removal is undone", () => {
    const back = edit(edit(three(), { kind: "remove", key: "b" }), { kind: "undo" });
    const again = edit(back, { kind: "add", at: 1, added: { key: "b", step: newStep("email", false) } });
    expect(order(again)).toBe("abc");
  });

  it("takes a word that was typed letter by letter back at once, and the next word by itself", () => {
    const type = (state: EditorState, promptHint: string) =>
      edit(state, { kind: "change", key: "a", fields: { promptHint } });
    const word = type(type(type(three(), "H"), "He"), "Hey");
    expect(word.past).toHaveLength(1);
    const more = type(edit(word, { kind: "rest" }), "Hey you");
    expect(edit(more, { kind: "undo" }).steps[0]?.step.promptHint).toBe("Hey");
    expect(edit(edit(more, { kind: "undo" }), { kind: "undo" }).steps[0]?.step.promptHint).toBeNull();
  });

  it("keeps changes of two fields apart", () => {
    const hint = edit(three(), { kind: "change", key: "a", fields: { promptHint: "x" } });
    const both = edit(hint, { kind: "change", key: "a", fields: { maxChars: 5 } });
    const back = edit(both, { kind: "undo" }).steps[0]?.step;
    expect(back?.promptHint).toBe("x");
    expect(back?.maxChars).toBeNull();
  });

  it("puts a copy right after the original, and a new step where it was asked for", () => {
    const copied = edit(three(), { kind: "duplicate", key: "a", newKey: "d" });
    expect(order(copied)).toBe("aabc");
    expect(copied.steps[1]?.key).toBe("d");
    const added = edit(copied, { kind: "add", at: 1, added: { key: "e", step: newStep("wait", false) } });
    expect(added.steps.map(({ key }) => key).join("")).toBe("aedbc");
  });

  it("forgets what could be done again once something else is done", () => {
    const back = edit(edit(three(), { kind: "remove", key: "b" }), { kind: "undo" });
    const other = edit(back, { kind: "move", key: "a", to: 1 });
    expect(edit(other, { kind: "redo" }).steps).toBe(other.steps);
  });

  it("can go back from what somebody else saved to what was typed here", () => {
    const typed = edit(three(), { kind: "change", key: "a", fields: { promptHint: "mine" } });
    const theirs = edit(typed, { kind: "replace", steps: [] });
    expect(edit(theirs, { kind: "undo" }).steps).toBe(typed.steps);
  });

  it("knows what is saved already, in whatever order its fields stand", () => {
    const [first, ...rest] = plainSteps(three().steps);
    if (first === undefined) throw new Error("there are three");
    const turned = Object.fromEntries(Object.entries(first).reverse()) as typeof first;
    expect(saySame([first, ...rest], [{ ...turned, delaySeconds: undefined }, ...rest])).toBe(true);
    expect(saySame([first, ...rest], [{ ...turned, delayDays: 9 }, ...rest])).toBe(false);
    expect(saySame([first, ...rest], rest)).toBe(false);
  });
});
