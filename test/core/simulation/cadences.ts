import type { Beginning } from "../../../core/begin.ts";
import type { CadenceSettings, CadenceVersion } from "../../../core/cadence.ts";
import { Step } from "../../../core/contract/step.ts";
import type { FrequencyLimit } from "../../../core/frequency.ts";
import { type MailboxPace, UNPACED } from "../../../core/pace/settings.ts";

const EMAIL = { kind: "email", staticSubject: "A question" } as const;

/** The shapes of cadence that a run may have. */
export const STEPS: readonly (readonly Step[])[] = [
  [EMAIL, { ...EMAIL, delayDays: 2 }],
  [
    EMAIL,
    { ...EMAIL, delaySeconds: 3600, condition: "no_reply_to_prev" },
    { ...EMAIL, delayDays: 1, draftStrategy: "static", staticBody: "static 2" },
  ],
  [
    { ...EMAIL, draftStrategy: "static", staticBody: "static 0" },
    { kind: "wait", delayDays: 1 },
    { ...EMAIL, onDraftFailure: "fallback", staticBody: "static 2" },
  ],
  [
    { ...EMAIL, onDraftFailure: "skip" },
    { ...EMAIL, delayDays: 3, onDraftFailure: "stop", condition: "never_replied" },
  ],
  [
    { kind: "linkedin_connect" },
    { kind: "linkedin_message", condition: "after_accept", acceptWithinDays: 3 },
    { ...EMAIL, delayDays: 1 },
  ],
  [
    EMAIL,
    { kind: "linkedin_connect", draftStrategy: "static", staticBody: "static 1", delaySeconds: 3600 },
    { kind: "linkedin_message", delayDays: 1, acceptWithinDays: 2, onNotAccepted: "stop" },
    { kind: "task", draftStrategy: "static", staticBody: "static 3" },
  ],
].map((steps) => steps.map((step) => Step.parse(step)));

/** Whether a doubt can be settled: not at all, by a key that is known again for a day, or by records that can be asked. */
export type SimulatedProvider = "forgets" | "knows_keys" | "keeps_records";

/** The choices that make one world; every first one is the plain one. */
export interface WorldShape {
  readonly steps: number;
  readonly onAmbiguous: CadenceSettings["onAmbiguous"];
  readonly exitOnReply: boolean;
  readonly businessHoursOnly: boolean;
  readonly dailySendCap: number;
  readonly provider: SimulatedProvider;
  /** Who acts on LinkedIn. */
  readonly linkedin: "unipile" | "manual";
  readonly onUnreachable: "stop" | "skip";
  /** Requests are never broken off: an alarm may ring, and an answer come, long after the lease. */
  readonly hangs: boolean;
  readonly startAt: number;
  /** Whose clock business hours go by; null: the tenant's. */
  readonly leadZone: string | null;
  readonly jitterMinutes: number;
  readonly personLimit: FrequencyLimit | null;
  /** How fast the mailbox may send, by name. */
  readonly pace: keyof typeof PACES;
}

/** What a mailbox keeps to; its cap is counted by the days of the tenant's zone. */
export const PACES = {
  none: UNPACED,
  "one a day": { ...UNPACED, dailySendCap: 1 },
  "two a day, an hour apart": { ...UNPACED, dailySendCap: 2, minGapSeconds: 3600, gapSpreadSeconds: 600 },
  "a growing number": {
    ...UNPACED,
    ramp: { start: 1, step: 1, ceiling: 3, since: Date.parse("2026-11-23T09:00:00Z") },
  },
} as const satisfies Readonly<Record<string, MailboxPace>>;

/** Friday afternoons before Paris changes its clocks, both ways, and the eve of a leap day. */
export const STARTS = [
  Date.parse("2026-11-23T09:00:00Z"),
  Date.parse("2026-03-27T14:30:00Z"),
  Date.parse("2026-10-23T14:30:00Z"),
  Date.parse("2028-02-28T15:59:00Z"),
] as const;
export const TIME_ZONE = "Europe/Paris";

export function cadenceOf(shape: WorldShape): CadenceVersion {
  const { onAmbiguous, exitOnReply, businessHoursOnly, dailySendCap, jitterMinutes, onUnreachable } = shape;
  const settings: CadenceSettings = {
    businessHoursOnly,
    exitOnReply,
    exitOnReplyElsewhere: true,
    exitOnUnsubscribe: true,
    dailySendCap,
    onAmbiguous,
    addFooter: false,
    onOutOfOffice: "defer",
    onLeftCompany: "stop",
    onSoftBounce: "continue",
    onLinkedinUnreachable: onUnreachable,
    unsubscribeLink: null,
    jitterMinutes,
  };
  return {
    id: "cad_1",
    name: "First contact",
    version: 1,
    endpointId: "end_1",
    settings,
    steps: STEPS[shape.steps] ?? [],
  };
}

export function beginningOf(shape: WorldShape): Beginning {
  const lead = {
    externalId: "lead-1",
    name: "Jane",
    email: "jane@lead.example",
    linkedinUrl: "https://www.linkedin.com/in/jane-doe",
    profileUrn: null,
    timeZone: shape.leadZone,
    country: null,
    context: {},
  };
  return {
    id: "enr_aaaaaaaaaaaaaaaa",
    tenantId: "ten_1",
    mode: "sandbox",
    lead,
    mailboxId: "mbx_1",
    linkedinAccountId: "lia_1",
    startAt: shape.startAt,
  };
}
