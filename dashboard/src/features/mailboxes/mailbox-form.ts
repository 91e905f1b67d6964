import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { PROVIDERS, type Provider } from "./providers.ts";

/** A mailbox as its form holds it: texts as they are typed. */
export interface MailboxForm {
  readonly provider: Provider;
  /** The provider's own fields by their names; a secret is empty as long as it stays. */
  readonly way: Readonly<Record<string, string>>;
  readonly email: string;
  readonly fromName: string;
  readonly name: string;
  readonly signature: string;
  readonly postalAddress: string;
  readonly replyDomain: string;
  readonly cc: string;
  readonly bcc: string;
  readonly timeZone: string;
  readonly dailySendCap: string;
  readonly hasRamp: boolean;
  readonly rampStart: string;
  readonly rampStep: string;
  readonly rampCeiling: string;
  readonly minGapSeconds: string;
  readonly gapSpreadSeconds: string;
  readonly keepsMessageId: string;
  readonly threadReference: boolean;
  readonly eventsSecret: string;
}

/** What a new one begins with. */
export function emptyForm(provider: Provider): MailboxForm {
  return {
    provider,
    way: initialWay(provider),
    email: "",
    fromName: "",
    name: "",
    signature: "",
    postalAddress: "",
    replyDomain: "",
    cc: "",
    bcc: "",
    timeZone: "",
    dailySendCap: "",
    hasRamp: false,
    rampStart: "10",
    rampStep: "5",
    rampCeiling: "50",
    minGapSeconds: "0",
    gapSpreadSeconds: "0",
    keepsMessageId: "",
    threadReference: true,
    eventsSecret: "",
  };
}

/** The form with another provider: what belongs to the sender stays. */
export function withProvider(form: MailboxForm, provider: Provider): MailboxForm {
  return { ...form, provider, way: initialWay(provider) };
}

/** A mailbox that is there, in its form. Secrets aren't known, so they are empty. */
export function formOf(mailbox: Mailbox): MailboxForm {
  const { provider, ramp } = mailbox;
  const shown: Readonly<Record<string, unknown>> =
    (provider === "cloudflare" || provider === "sandbox" ? null : mailbox[provider]) ?? {};
  const way = PROVIDERS[provider].fields.map(({ name, kind }) => [name, kind === "secret" ? "" : text(shown[name])]);
  return {
    ...emptyForm(provider),
    way: Object.fromEntries(way),
    email: mailbox.email,
    fromName: mailbox.fromName ?? "",
    name: mailbox.name,
    signature: mailbox.signature ?? "",
    postalAddress: mailbox.postalAddress ?? "",
    replyDomain: mailbox.replyDomain ?? "",
    cc: mailbox.cc ?? "",
    bcc: mailbox.bcc ?? "",
    timeZone: mailbox.timeZone ?? "",
    dailySendCap: text(mailbox.dailySendCap),
    hasRamp: ramp !== null,
    ...(ramp === null
      ? {}
      : { rampStart: text(ramp.start), rampStep: text(ramp.step), rampCeiling: text(ramp.ceiling) }),
    minGapSeconds: text(mailbox.minGapSeconds),
    gapSpreadSeconds: text(mailbox.gapSpreadSeconds),
    keepsMessageId: mailbox.keepsMessageId ?? "",
    threadReference: mailbox.threadReference,
  };
}

/** The body of POST /v1/mailboxes. */
export function createBody(form: MailboxForm): Readonly<Record<string, unknown>> {
  const { name, eventsSecret, ...rest } = senderOf(form);
  const way = wayOf(form, () => true);
  return {
    provider: form.provider,
    ...rest,
    ...(form.name === "" ? {} : { name }),
    ...(form.eventsSecret === "" ? {} : { eventsSecret }),
    ...(Object.keys(way).length === 0 ? {} : { [form.provider]: way }),
  };
}

/** The body of PATCH /v1/mailboxes/{id}: only what is different, and secrets that were typed. */
export function changeBody(before: MailboxForm, after: MailboxForm): Readonly<Record<string, unknown>> {
  const [was, is] = [senderOf(before), senderOf(after)];
  const different = Object.entries(is).filter(([name, value]) => !isSame(value, was[name]));
  const way = wayOf(after, (name) => after.way[name] !== before.way[name]);
  return {
    ...Object.fromEntries(different),
    ...(Object.keys(way).length === 0 ? {} : { [after.provider]: way }),
  };
}

function senderOf(form: MailboxForm): Readonly<Record<string, unknown>> {
  return {
    email: form.email.trim(),
    name: form.name === "" ? form.email.trim() : form.name,
    fromName: orNull(form.fromName),
    signature: orNull(form.signature),
    postalAddress: orNull(form.postalAddress),
    replyDomain: orNull(form.replyDomain),
    cc: orNull(form.cc),
    bcc: orNull(form.bcc),
    timeZone: orNull(form.timeZone),
    dailySendCap: form.dailySendCap === "" ? null : Number(form.dailySendCap),
    ramp: form.hasRamp
      ? { start: Number(form.rampStart), step: Number(form.rampStep), ceiling: Number(form.rampCeiling) }
      : null,
    minGapSeconds: Number(form.minGapSeconds),
    gapSpreadSeconds: Number(form.gapSpreadSeconds),
    keepsMessageId: orNull(form.keepsMessageId),
    threadReference: form.threadReference,
    eventsSecret: orNull(form.eventsSecret),
  };
}

function wayOf({ provider, way }: MailboxForm, isSent: (name: string) => boolean): Readonly<Record<string, unknown>> {
  const fields = PROVIDERS[provider].fields.filter(({ name }) => isSent(name));
  return Object.fromEntries(
    fields.map(({ name, kind, isOptional }) => {
      const value = way[name] ?? "";
      if (value === "" && isOptional) return [name, null];
      return [name, kind === "number" ? Number(value) : value];
    }),
  );
}

function initialWay(provider: Provider): Readonly<Record<string, string>> {
  return Object.fromEntries(PROVIDERS[provider].fields.map(({ name, initial }) => [name, initial ?? ""]));
}

function text(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}

function orNull(value: string): string | null {
  return value === "" ? null : value;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
