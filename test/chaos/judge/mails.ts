import { messageKey } from "../open-sends.ts";
import type { Evidence, Violation } from "./evidence.ts";

/** Between what the rig notes of two connections at once: its own turn of the event loop. */
const SLACK_MS = 1_000;
/** A send gives up by itself after 24 s (adapters/mail/providers/). */
const IN_FLIGHT_MAX_MS = 25_000;

/** At most one mail for each step. */
export function judgeDuplicates({ record, accounts, onAmbiguous }: Evidence): Violation[] {
  const doubted = new Map<string, number>();
  for (const { lead, timeline } of accounts)
    for (const { what, step } of timeline)
      if (what === "send_doubtful" && step !== null)
        doubted.set(messageKey(lead, step), (doubted.get(messageKey(lead, step)) ?? 0) + 1);
  const counts = new Map<string, number>();
  return record.mails.flatMap(({ lead, step }): Violation[] => {
    const key = messageKey(lead, step);
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const allowed = 1 + (onAmbiguous === "resend_after" ? (doubted.get(key) ?? 0) : 0);
    return nth <= allowed ? [] : [{ promise: "no duplicate", lead, detail: `mail ${nth} of step ${step}` }];
  });
}

/** A mail only where the step says so: that it was sent, or that it may have been. */
export function judgeTold({ record, accounts }: Evidence): Violation[] {
  const told = new Map<string, string>();
  for (const { lead, enrollment } of accounts) {
    for (const { step, outcome } of enrollment?.outcomes ?? []) told.set(messageKey(lead, step), outcome);
    if (enrollment?.phase === "held" && enrollment.heldReason === "ambiguous")
      told.set(messageKey(lead, enrollment.currentStep), "ambiguous");
  }
  return record.mails.flatMap(({ lead, step }): Violation[] => {
    const outcome = told.get(messageKey(lead, step));
    if (outcome === "sent" || outcome === "ambiguous") return [];
    const says = outcome === undefined ? "has no outcome" : `is "${outcome}"`;
    return [{ promise: "a mail is told", lead, detail: `a mail of step ${step} arrived, and the step ${says}` }];
  });
}

/** The words of each mail were written for this lead, this step and the draft that the outcome names. */
export function judgeWords({ record, accounts }: Evidence): Violation[] {
  const written = new Set(
    record.requests
      .filter(({ answeredAt, attempt }) => attempt !== null && answeredAt !== null)
      .map(({ lead, step, webhookId, attempt }) => [lead, step, webhookId, attempt].join(" ")),
  );
  const named = new Map(
    accounts.flatMap(({ lead, enrollment }) =>
      (enrollment?.outcomes ?? []).map(({ step, draftId }) => [messageKey(lead, step), draftId] as const),
    ),
  );
  return record.mails.flatMap((mail): Violation[] => {
    const { lead, step, draftId, attempt } = mail;
    const violation = (detail: string): Violation => ({ promise: "the words asked for", lead, detail });
    const draft = named.get(messageKey(lead, step));
    return [
      ...(written.has([lead, step, draftId, attempt].join(" "))
        ? []
        : [violation(`step ${step} was sent with words that nobody wrote for it (${draftId}, attempt ${attempt})`)]),
      ...(draft === undefined || draft === draftId
        ? []
        : [violation(`step ${step} names ${draft} as its draft, and ${draftId} was sent`)]),
    ];
  });
}

/**
 * After a reply was taken nothing more is asked, and nothing sent but the one message that was on its way: its step says
 * "crossed", or that it is in doubt. A step that the engine says it stopped excuses nothing. On a busy machine a message may
 * take seconds from its intent to the mail server, so a clock alone can't tell the two apart.
 */
export function judgeReplies({ record, accounts }: Evidence): Violation[] {
  return record.replies.flatMap(({ lead, acceptedAt }): Violation[] => {
    if (acceptedAt === null) return [{ promise: "nothing lost", lead, detail: "its reply was never accepted" }];
    const violation = (detail: string): Violation => ({ promise: "nothing after a reply", lead, detail });
    const outcomes = accounts.find((account) => account.lead === lead)?.enrollment?.outcomes ?? [];
    const wasOnItsWay = (mail: { readonly step: number }) =>
      outcomes.some((one) => one.step === mail.step && (one.reason === "crossed" || one.outcome === "ambiguous"));
    const late = record.mails.filter((mail) => mail.lead === lead && mail.at > acceptedAt);
    const asked = record.requests.filter(
      (seen) => seen.lead === lead && seen.attempt !== null && seen.arrivedAt > acceptedAt + SLACK_MS,
    );
    return [
      ...asked.map(({ step }) => violation(`step ${step} was asked for after it`)),
      ...late.filter((mail) => !wasOnItsWay(mail)).map(({ step }) => violation(`step ${step} was sent after it`)),
      ...late.slice(1).map(({ step }) => violation(`step ${step} was sent as one more after it`)),
      ...late
        .filter(({ at }) => at > acceptedAt + IN_FLIGHT_MAX_MS)
        .map(({ step }) => violation(`step ${step} was sent long after it`)),
    ];
  });
}

/** A step that waits for a person holds back all that is behind it. */
export function judgeHeld({ record, accounts }: Evidence): Violation[] {
  return accounts.flatMap(({ lead, enrollment }): Violation[] => {
    if (enrollment?.state !== "held") return [];
    const { currentStep } = enrollment;
    const violation = (detail: string): Violation => ({ promise: "nothing passes a held step", lead, detail });
    return [
      ...record.mails
        .filter((mail) => mail.lead === lead && mail.step > currentStep)
        .map(({ step }) => violation(`step ${step} was sent though step ${currentStep} is held`)),
      ...record.requests
        .filter((seen) => seen.lead === lead && seen.attempt !== null && (seen.step ?? 0) > currentStep)
        .map(({ step }) => violation(`step ${step} was asked for though step ${currentStep} is held`)),
    ];
  });
}
