import type { Step } from "../../../../core/contract/step.ts";
import { newStep } from "./editor-state.ts";

/** What a new cadence may begin with. */
export const TEMPLATES = {
  three: {
    name: "Three e-mails",
    hint: "A first message, a follow-up after three days, and a last one after a week. Each goes out only while there is no reply.",
  },
  blank: { name: "Blank", hint: "No steps. You add them one by one." },
} as const;

/** One of them. */
export type TemplateName = keyof typeof TEMPLATES;

/** The steps that a template begins with. Without an endpoint nobody would write them, so their words are fixed ones to be changed. */
export function stepsOf(template: TemplateName, hasEndpoint: boolean): Step[] {
  if (template === "blank") return [];
  return THREE.map(({ delayDays, condition, promptHint, subject, body }, index) => ({
    ...newStep("email", index === 0),
    delayDays,
    condition,
    ...(hasEndpoint ? { promptHint } : { draftStrategy: "static", staticSubject: subject, staticBody: body }),
  }));
}

const THREE = [
  {
    delayDays: 0,
    condition: null,
    promptHint: "Introduce us in three sentences, with one reason why it is them.",
    subject: "A question, {{firstName}}",
    body: "Hello {{firstName}},\n\nsay here in three sentences who you are, and why you write to them.\n",
  },
  {
    delayDays: 3,
    condition: "no_reply_to_prev",
    promptHint: "A short follow-up with one new thought. Don't repeat the first message.",
    subject: null,
    body: "Hello {{firstName}},\n\nadd one new thought here.\n",
  },
  {
    delayDays: 7,
    condition: "never_replied",
    promptHint: "The last message. Ask whether to close this, in one or two sentences.",
    subject: null,
    body: "Hello {{firstName}},\n\nshall I close this? A word is enough.\n",
  },
] as const;
