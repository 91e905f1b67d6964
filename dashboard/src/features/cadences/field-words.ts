import type { Step } from "../../../../core/contract/step.ts";
import type { Definition } from "./definition.ts";
import { CONDITIONS, delayOf, FAILURES, KINDS, NOT_ACCEPTED, STRATEGIES, sayDelay } from "./step-words.ts";

/** What the fields of a step are called. Both fields of the delay are one to a person. */
export const FIELD_NAMES = {
  kind: "Kind",
  delayDays: "Delay",
  condition: "Condition",
  acceptWithinDays: "Accepted within",
  onNotAccepted: "When it is not accepted",
  dueWithinHours: "Done within",
  draftStrategy: "Words",
  promptHint: "Prompt hint",
  staticSubject: "Subject",
  staticBody: "Text",
  maxChars: "Longest text",
  onDraftFailure: "When no draft can be had",
  notes: "Notes",
} as const satisfies Partial<Record<keyof Step, string>>;

/** A field of a step that is shown by itself. */
export type FieldName = keyof typeof FIELD_NAMES;

/** One field of a step in words; empty for none. */
export function sayField(step: Step, field: FieldName): string {
  switch (field) {
    case "kind":
      return KINDS[step.kind];
    case "delayDays": {
      const delay = delayOf(step);
      return delay.amount === 0 ? "none" : sayDelay(delay);
    }
    case "condition":
      return CONDITIONS[step.condition ?? "none"];
    case "acceptWithinDays":
      return step.acceptWithinDays === undefined ? "" : `${step.acceptWithinDays} days`;
    case "onNotAccepted":
      return step.onNotAccepted === undefined ? "" : NOT_ACCEPTED[step.onNotAccepted];
    case "dueWithinHours":
      return step.dueWithinHours === undefined ? "" : `${step.dueWithinHours} hours`;
    case "draftStrategy":
      return STRATEGIES[step.draftStrategy];
    case "onDraftFailure":
      return FAILURES[step.onDraftFailure];
    case "maxChars":
      return step.maxChars === null ? "" : `${step.maxChars.toLocaleString("en")} characters`;
    default:
      return step[field] ?? "";
  }
}

/** What is settled for a whole cadence, in the order in which it is shown. */
export const SETTING_NAMES = {
  name: "Name",
  endpointId: "Endpoint",
  mailboxId: "Mailbox",
  mailboxIds: "Mailboxes",
  linkedinAccountId: "LinkedIn account",
  sendingWindows: "Sending windows",
  businessHoursOnly: "Business hours only",
  blackoutDates: "Closed days",
  holidayCalendars: "Public holidays",
  dailySendCap: "Messages a day",
  jitterMinutes: "Spread",
  exitOnReply: "A reply ends it",
  exitOnReplyElsewhere: "A reply in another cadence ends it",
  exitOnUnsubscribe: "Unsubscribing ends it",
  onOutOfOffice: "Out of office",
  onLeftCompany: "Left the company",
  onSoftBounce: "Bounce that passes",
  onLinkedinUnreachable: "Not reachable on LinkedIn",
  onAmbiguous: "Send in doubt",
  reenroll: "Enrolling again",
  addFooter: "Signature and postal address",
  unsubscribeLink: "Unsubscribe link",
} as const;

/** Words for the choices of some settings. */
export const CHOICES = {
  onOutOfOffice: { defer: "Wait until the day after it", ignore: "Go on as if it had not come" },
  onLeftCompany: { stop: "End the enrollment", ignore: "Go on" },
  onSoftBounce: { continue: "Go on", stop: "End the enrollment" },
  onLinkedinUnreachable: { stop: "End the enrollment", skip: "Leave out its LinkedIn steps, go on with the rest" },
  onAmbiguous: {
    hold: "Hold it for a person",
    assume_sent: "Go on as if it had arrived",
    resend_after: "Send it again after 15 minutes",
  },
} as const;

/** One setting in words. */
export function saySetting(
  { name, endpointId, mailboxId, mailboxIds, linkedinAccountId, settings }: Definition,
  field: keyof typeof SETTING_NAMES,
  nameOf: (id: string) => string,
): string {
  switch (field) {
    case "name":
      return name;
    case "endpointId":
      return endpointId === null ? "none" : nameOf(endpointId);
    case "mailboxId":
      return mailboxId === null ? "none" : nameOf(mailboxId);
    case "mailboxIds":
      return listOf([...mailboxIds].sort().map(nameOf));
    case "linkedinAccountId":
      return linkedinAccountId === null ? "none" : nameOf(linkedinAccountId);
    case "sendingWindows":
      return listOf(
        settings.sendingWindows.map(({ days, from, to }) => `${days.join(" ")} ${from}–${to}`),
        "; ",
      );
    case "blackoutDates":
      return listOf(
        settings.blackoutDates.map(
          ({ from, to, note }) =>
            `${from}${to === undefined ? "" : ` to ${to}`}${note === undefined ? "" : ` (${note})`}`,
        ),
        "; ",
      );
    case "holidayCalendars":
      return listOf(settings.holidayCalendars.map((one) => (one === "lead" ? "the lead's country" : one)));
    case "dailySendCap":
      return settings.dailySendCap.toLocaleString("en");
    case "jitterMinutes":
      return settings.jitterMinutes === 0 ? "none" : `up to ${settings.jitterMinutes} minutes`;
    case "onOutOfOffice":
      return CHOICES.onOutOfOffice[settings.onOutOfOffice];
    case "onLeftCompany":
      return CHOICES.onLeftCompany[settings.onLeftCompany];
    case "onSoftBounce":
      return CHOICES.onSoftBounce[settings.onSoftBounce];
    case "onLinkedinUnreachable":
      return CHOICES.onLinkedinUnreachable[settings.onLinkedinUnreachable];
    case "onAmbiguous":
      return CHOICES.onAmbiguous[settings.onAmbiguous];
    case "reenroll":
      return sayReenroll(settings.reenroll);
    case "unsubscribeLink":
      return settings.unsubscribeLink ?? "none";
    default:
      return settings[field] ? "yes" : "no";
  }
}

function sayReenroll(reenroll: Definition["settings"]["reenroll"]): string {
  if (reenroll === null) return "not compared by address";
  return typeof reenroll === "string" ? reenroll : `after ${reenroll.afterDays} days`;
}

function listOf(parts: readonly string[], between = ", "): string {
  return parts.length === 0 ? "none" : parts.join(between);
}
