import { describe, expect, it } from "vitest";
import type { Settings } from "../../../core/contract/cadence.ts";
import type { Step } from "../../../core/contract/step.ts";
import type { Definition } from "../../../dashboard/src/features/cadences/definition.ts";
import { newStep } from "../../../dashboard/src/features/cadences/editor-state.ts";
import { diffDefinitions, diffSteps, type StepChange } from "../../../dashboard/src/features/cadences/version-diff.ts";

const mail = (promptHint: string, fields: Partial<Step> = {}): Step => ({
  ...newStep("email", false),
  promptHint,
  ...fields,
});
const intro = mail("Introduce us in three sentences");
const follow = mail("A short follow-up with a new thought");
const last = mail("Ask whether to close this", { delayDays: 7 });
const pause: Step = { ...newStep("wait", false), delayDays: 3 };

const says = (changes: readonly StepChange[]) =>
  changes.map((change) => {
    if (change.kind === "added") return `+${change.to}`;
    if (change.kind === "removed") return `-${change.from}`;
    return `${change.from}>${change.to}${change.isMoved ? " moved" : ""}${change.fields.map(({ field }) => ` ${field}`).join("")}`;
  });

describe("what has changed between two versions", () => {
  it("says nothing where nothing has", () => {
    expect(says(diffSteps([intro, follow, last], [intro, follow, last]))).toEqual(["0>0", "1>1", "2>2"]);
  });

  it("doesn't take every step after a new one for changed", () => {
    expect(says(diffSteps([intro, follow, last], [intro, pause, follow, last]))).toEqual(["0>0", "+1", "1>2", "2>3"]);
  });

  it("shows a removed step where it stood", () => {
    expect(says(diffSteps([intro, follow, last], [intro, last]))).toEqual(["0>0", "-1", "2>1"]);
    expect(says(diffSteps([intro, follow], [follow]))).toEqual(["-0", "1>0"]);
    expect(says(diffSteps([intro, follow], []))).toEqual(["-0", "-1"]);
  });

  it("calls one step moved where one step was dragged, and not those that it passed", () => {
    expect(says(diffSteps([intro, follow, last, pause], [follow, last, pause, intro]))).toEqual([
      "1>0",
      "2>1",
      "3>2",
      "0>3 moved",
    ]);
  });

  it("names the fields of a step that is still the same one", () => {
    const later = { ...follow, delayDays: 5, promptHint: "A short follow-up with another thought" };
    expect(says(diffSteps([intro, follow], [intro, later]))).toEqual(["0>0", "1>1 delayDays promptHint"]);
  });

  it("takes a step that was written anew in its place for the same one", () => {
    const anew = { ...follow, promptHint: "Something wholly different" };
    expect(says(diffSteps([intro, follow, last], [intro, anew, last]))).toEqual(["0>0", "1>1 promptHint", "2>2"]);
  });

  it("never takes a message and a pause for the same step", () => {
    expect(says(diffSteps([intro], [{ ...intro, kind: "wait" }]))).toEqual(["-0", "+0"]);
  });

  it("sees a delay in seconds, which stands in a field of its own", () => {
    expect(says(diffSteps([pause], [{ ...pause, delaySeconds: 2 }]))).toEqual(["0>0 delayDays"]);
  });

  it("tells equal steps apart by their place", () => {
    expect(says(diffSteps([pause, pause, intro], [pause, intro]))).toEqual(["0>0", "-1", "2>1"]);
  });
});

describe("what has changed in the settings", () => {
  const settings: Settings = {
    businessHoursOnly: true,
    exitOnReply: true,
    exitOnReplyElsewhere: true,
    exitOnUnsubscribe: true,
    dailySendCap: 50,
    onAmbiguous: "hold",
    addFooter: false,
    onOutOfOffice: "defer",
    onLeftCompany: "stop",
    onSoftBounce: "continue",
    onLinkedinUnreachable: "stop",
    unsubscribeLink: null,
    sendingWindows: [],
    blackoutDates: [],
    holidayCalendars: [],
    jitterMinutes: 0,
    reenroll: null,
  };
  const draft: Definition = {
    name: "A",
    endpointId: "end_1",
    mailboxId: null,
    mailboxIds: [],
    linkedinAccountId: null,
    settings,
    steps: [intro],
  };

  it("says both values in words, and endpoints by their names", () => {
    const after = { ...draft, endpointId: "end_2", settings: { ...settings, dailySendCap: 1_200, exitOnReply: false } };
    const { settings: changes, isSame } = diffDefinitions(draft, after, (id) => `name of ${id}`);
    expect(isSame).toBe(false);
    expect(changes.map(({ name, before, after: is }) => `${name}: ${before} > ${is}`)).toEqual([
      "Endpoint: name of end_1 > name of end_2",
      "Messages a day: 50 > 1,200",
      "A reply ends it: yes > no",
    ]);
  });

  it("doesn't mind the order in which mailboxes are named", () => {
    const left = { ...draft, mailboxIds: ["b", "a"] };
    expect(diffDefinitions(left, { ...draft, mailboxIds: ["a", "b"] }).isSame).toBe(true);
  });
});
