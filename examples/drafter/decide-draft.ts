import type { DraftRequest } from "./webhook-body.ts";
import { writeNote, writeWords } from "./words.ts";

/** The four verbs that Drafthook understands; exactly one in each answer. */
export type DraftAnswer =
  | { readonly body: string; readonly subject?: string; readonly meta?: Readonly<Record<string, unknown>> }
  | { readonly skip: true; readonly reason: string }
  | { readonly defer: { readonly untilSeconds: number }; readonly reason: string }
  | { readonly stop: true; readonly reason: string };

export interface Decision {
  /** `later` means: answer 202 now and send the answer to the completion URL. */
  readonly when: "now" | "later";
  readonly answer: DraftAnswer;
}

/**
 * What to say to one draft request. No model is asked: the lead's own context decides. Put your model in the place of
 * `writeWords`, and keep what it is told apart from `thread.messages`, which strangers wrote.
 *
 * Read from the context: `company`, `city`, `interest`; `customerSince` passes over the offer (step 2), `askAgainInSeconds`
 * puts off the second message (step 1) once, `needsResearch` makes the second message one that takes its time.
 */
export function decideDraft({ enrollment, step, thread, previousDraftId }: DraftRequest): Decision {
  const { context } = enrollment;
  if (step.index === 2 && context["customerSince"] !== undefined)
    return now({ skip: true, reason: `a customer since ${context["customerSince"]}` });
  const seconds = context["askAgainInSeconds"];
  if (step.index === 1 && typeof seconds === "number" && previousDraftId === null)
    return now({ defer: { untilSeconds: seconds }, reason: "asked to be written to later" });
  const facts = {
    name: enrollment.leadName ?? "there",
    company: text(context["company"], "your company"),
    city: text(context["city"], "your city"),
    interest: text(context["interest"], "your work"),
    writtenBefore: thread.messages.filter(({ direction }) => direction === "out").length,
  };
  const words = step.kind === "linkedin_connect" ? writeNote(facts, step.maxChars) : writeWords(step.index, facts);
  const answer = { ...words, meta: { model: "none", promptVersion: "templates-1" } };
  return { when: step.index === 1 && context["needsResearch"] === true ? "later" : "now", answer };
}

function now(answer: DraftAnswer): Decision {
  return { when: "now", answer };
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
