import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";

export type Day = LinkedinAccount["workingHours"][number]["days"][number];

/** The days of a week, as they are written. */
export const DAYS = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
} as const satisfies Record<Day, string>;

/** An account as its form holds it: texts as they are typed. */
export interface AccountForm {
  readonly provider: LinkedinAccount["provider"];
  readonly name: string;
  readonly apiUrl: string;
  readonly accountId: string;
  /** Empty as long as it stays. */
  readonly apiKey: string;
  readonly plan: LinkedinAccount["plan"];
  readonly timeZone: string;
  /** `kept`: there are several windows, which are set by the API and stay. */
  readonly hours: "any" | "some" | "kept";
  readonly days: readonly Day[];
  readonly from: string;
  readonly to: string;
  readonly invitationsPerDay: string;
  readonly invitationsPerWeek: string;
  readonly messagesPerDay: string;
  readonly isNew: boolean;
  readonly profileViewsPerDay: string;
  readonly withdrawAfterDays: string;
}

/** What a new one begins with; what is empty is as the plan says. */
export const EMPTY_FORM: AccountForm = {
  provider: "manual",
  name: "",
  apiUrl: "",
  accountId: "",
  apiKey: "",
  plan: "paid",
  timeZone: "",
  hours: "some",
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "08:00",
  to: "19:00",
  invitationsPerDay: "",
  invitationsPerWeek: "",
  messagesPerDay: "",
  isNew: true,
  profileViewsPerDay: "100",
  withdrawAfterDays: "21",
};

/** An account that is there, in its form. */
export function formOf(account: LinkedinAccount): AccountForm {
  const { unipile, workingHours, invitations, messages } = account;
  const [first, ...more] = workingHours;
  return {
    ...EMPTY_FORM,
    provider: account.provider,
    name: account.name,
    apiUrl: unipile?.apiUrl ?? "",
    accountId: unipile?.accountId ?? "",
    plan: account.plan,
    timeZone: account.timeZone ?? "",
    hours: first === undefined ? "any" : more.length > 0 ? "kept" : "some",
    ...(first === undefined ? {} : { days: first.days, from: first.from, to: first.to }),
    invitationsPerDay: String(invitations.perDay),
    invitationsPerWeek: String(invitations.perWeek),
    messagesPerDay: String(messages.perDay),
    isNew: invitations.ramp !== null,
    profileViewsPerDay: String(account.profileViewsPerDay),
    withdrawAfterDays: account.withdrawAfterDays === null ? "" : String(account.withdrawAfterDays),
  };
}

/** The body of POST /v1/linkedin-accounts. */
export function createBody(form: AccountForm): Readonly<Record<string, unknown>> {
  const ramp = form.isNew ? {} : { ramp: null };
  return {
    provider: form.provider,
    ...plainOf(form),
    ...(form.provider === "unipile" ? { unipile: wayOf(form) } : {}),
    invitations: { ...given("perDay", form.invitationsPerDay), ...given("perWeek", form.invitationsPerWeek), ...ramp },
    messages: { ...given("perDay", form.messagesPerDay), ...ramp },
  };
}

/** The body of PATCH /v1/linkedin-accounts/{id}: only what is different, and a key that was typed. */
export function changeBody(before: AccountForm, after: AccountForm): Readonly<Record<string, unknown>> {
  const was = plainOf(before);
  const different = Object.entries(plainOf(after)).filter(([name, value]) => !isSame(value, was[name]));
  const parts = {
    unipile: changedOf(wayOf(before), wayOf(after)),
    invitations: changedOf(invitationsOf(before), invitationsOf(after)),
    messages: changedOf(messagesOf(before), messagesOf(after)),
  };
  return {
    ...Object.fromEntries(different),
    ...Object.fromEntries(Object.entries(parts).filter(([, fields]) => Object.keys(fields).length > 0)),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function plainOf(form: AccountForm): Fields {
  return {
    name: form.name.trim(),
    plan: form.plan,
    timeZone: form.timeZone === "" ? null : form.timeZone,
    ...(form.hours === "kept" ? {} : { workingHours: hoursOf(form) }),
    profileViewsPerDay: Number(form.profileViewsPerDay),
    withdrawAfterDays: form.withdrawAfterDays === "" ? null : Number(form.withdrawAfterDays),
  };
}

function hoursOf({ hours, days, from, to }: AccountForm) {
  return hours === "any" ? [] : [{ days, from, to }];
}

function wayOf({ apiUrl, accountId, apiKey }: AccountForm): Fields {
  return { apiUrl: apiUrl.trim(), accountId: accountId.trim(), ...(apiKey === "" ? {} : { apiKey }) };
}

/** A new account begins low: as the engine does where nothing is said. */
const RAMPS = { invitations: { start: 5, step: 2 }, messages: { start: 20, step: 5 } } as const;

function invitationsOf({ invitationsPerDay, invitationsPerWeek, isNew }: AccountForm): Fields {
  const perDay = Number(invitationsPerDay);
  return { perDay, perWeek: Number(invitationsPerWeek), ramp: isNew ? rampOf("invitations", perDay) : null };
}

function messagesOf({ messagesPerDay, isNew }: AccountForm): Fields {
  const perDay = Number(messagesPerDay);
  return { perDay, ramp: isNew ? rampOf("messages", perDay) : null };
}

function rampOf(what: keyof typeof RAMPS, perDay: number) {
  const { start, step } = RAMPS[what];
  return { start: Math.min(start, perDay), step, ceiling: perDay };
}

/** A ramp is sent where it begins or ends, and not where only its top has moved: the engine takes that along. */
function changedOf(before: Fields, after: Fields): Fields {
  const isRampKept = (before["ramp"] === null) === (after["ramp"] === null);
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => !(name === "ramp" && isRampKept) && !isSame(value, before[name])),
  );
}

function given(name: string, text: string): Fields {
  return text === "" ? {} : { [name]: Number(text) };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
