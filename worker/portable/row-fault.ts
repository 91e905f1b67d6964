import { z } from "zod";
import type { PlainRow } from "../../adapters/d1/portable-rows.ts";
import { BODIES } from "../../adapters/r2/holdings.ts";
import { GAP_SECONDS_MAX } from "../../core/contract/limits.ts";
import { LinkedinAccount, StoredUnipile } from "../../core/contract/linkedin-account.ts";
import { StoredPace } from "../../core/contract/linkedin-pace.ts";
import { PROVIDERS } from "../../core/contract/mailbox.ts";
import { StoredRamp } from "../../core/contract/mailbox-pace.ts";
import { SendingWindows } from "../../core/contract/sending-times.ts";

/** What is wrong with one column of a row, and where. */
export interface RowFault {
  readonly at: string;
  readonly detail: string;
}

/**
 * What would do harm in a row whose columns are all known: bytes of somebody else named as one's own, text that those who read
 * the column couldn't, a number of a line that leaves no room for others. `null`: nothing.
 */
export function rowFault(table: string, row: PlainRow, tenantId: string): RowFault | null {
  for (const [column, check] of Object.entries(CHECKS[table] ?? {})) {
    const value = row[column] ?? null;
    const detail = value === null && column !== "provider" ? null : check(value, row, tenantId);
    if (detail !== null) return { at: `/row/${column}`, detail };
  }
  return null;
}

type Check = (value: string | number | null, row: PlainRow, tenantId: string) => string | null;

const OBJECT = z.string().transform(jsonOf).pipe(z.record(z.string(), z.unknown()));
const LIST = z.string().transform(jsonOf).pipe(z.array(z.unknown()));
const RAMP = z.string().transform(jsonOf).pipe(StoredRamp);
const UNIPILE = z.string().transform(jsonOf).pipe(StoredUnipile);
const PACE = z.string().transform(jsonOf).pipe(StoredPace);
const WINDOWS = z.string().transform(jsonOf).pipe(SendingWindows);
const TEXTS = z.string().transform(jsonOf).pipe(z.array(z.string()));
const LINKEDIN_STATES = LinkedinAccount.shape.state.options;
const LINES_MAX = 1_000_000_000;

const isObject: Check = (value) => (OBJECT.safeParse(value).success ? null : "must be a JSON object");
const isList: Check = (value) => (LIST.safeParse(value).success ? null : "must be a JSON list");
const isTexts: Check = (value) => (TEXTS.safeParse(value).success ? null : "must be a JSON list of texts");

/** A key in R2: of this tenant, of a form that there is, and where it names an enrollment, of the row's own. */
const isOwnBody: Check = (value, row, tenantId) => {
  const key = String(value);
  const [owner, enrollment = ""] = key.split("/");
  const isKnown = BODIES.some(({ form, tenant }) => tenant !== null && form.test(key));
  const isOfRow = !enrollment.startsWith("enr_") || enrollment === row["enrollment_id"];
  return owner === tenantId && isKnown && isOfRow ? null : "names bytes that are not this row's";
};

const isLine: Check = (value) =>
  Number.isInteger(value) && Math.abs(Number(value)) < LINES_MAX ? null : "must be the number of a line";

const isOwnEnrollment: Check = (value, _row, tenantId) =>
  value === tenantId || /^enr_[a-z2-7]{16}$/.test(String(value)) ? null : "must be an enrollment, or the tenant itself";

const isProvider: Check = (value, row) => {
  if (!PROVIDERS.some((provider) => provider === value)) return "is no provider of mail";
  return row["mode"] === "sandbox" && value !== "sandbox"
    ? "must be sandbox, since the mailbox is for test data"
    : null;
};

const isLinkedinProvider: Check = (value, row) => {
  if (value !== "unipile" && value !== "manual") return "is no provider of LinkedIn accounts";
  return row["mode"] === "sandbox" && value !== "manual" ? "must be manual, since the account is for test data" : null;
};

const isLinkedinSettings: Check = (value, row) => {
  if (row["provider"] !== "unipile") return isObject(value, row, "");
  return UNIPILE.safeParse(value).success ? null : "must be a JSON object with apiUrl and accountId";
};

const isPace: Check = (value) =>
  PACE.safeParse(value).success ? null : "must be a pace as JSON: dailySendCap, ramp, gaps and spans";

const isGap: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= GAP_SECONDS_MAX
    ? null
    : `must be 0 to ${GAP_SECONDS_MAX} seconds`;

const CHECKS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  mailboxes: {
    provider: isProvider,
    settings: isObject,
    ramp: (value) => (RAMP.safeParse(value).success ? null : "must be a ramp as JSON"),
    daily_send_cap: (value) => (Number.isInteger(value) && Number(value) >= 1 ? null : "must be 1 or more"),
    min_gap_seconds: isGap,
    gap_spread_seconds: isGap,
  },
  linkedin_accounts: {
    provider: isLinkedinProvider,
    settings: isLinkedinSettings,
    state: (value) => (LINKEDIN_STATES.some((state) => state === value) ? null : "is no state of an account"),
    plan: (value) => (value === "free" || value === "paid" ? null : "must be free or paid"),
    working_hours: (value) => (WINDOWS.safeParse(value).success ? null : "must be a JSON list of sending windows"),
    invitations_pace: isPace,
    messages_pace: isPace,
  },
  cadences: { settings: isObject, steps: isList, mailbox_ids: isTexts },
  cadence_versions: { definition: isObject, mailbox_ids: isTexts },
  endpoints: { event_types: isTexts },
  enrollments: {
    beginning: isObject,
    former_emails: isTexts,
    // Below 1 it counts as one that never began, and the sweeper would begin it.
    revision: (value) => (Number(value) >= 1 ? null : "must be 1 or more: it has begun where it comes from"),
  },
  messages: { detail: isObject },
  inbound_mail: { reply: isObject, raw_key: isOwnBody },
  journal: { entry: isLine, enrollment_id: isOwnEnrollment, detail: isObject, body_key: isOwnBody },
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
