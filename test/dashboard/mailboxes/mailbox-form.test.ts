import { describe, expect, test } from "vitest";
import { CreateMailbox, Mailbox, UpdateMailbox } from "../../../core/contract/mailbox.ts";
import { changeBody, createBody, emptyForm, formOf } from "../../../dashboard/src/features/mailboxes/mailbox-form.ts";
import { PROVIDER_NAMES } from "../../../dashboard/src/features/mailboxes/providers.ts";

/** What a person types into each provider's own fields. */
const TYPED: Readonly<Record<string, string>> = {
  host: "smtp.example.com",
  username: "jane",
  password: "secret",
  apiKey: "key",
  serverToken: "token",
  region: "eu-west-1",
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "secret",
  domain: "mg.example.com",
};

function filled(provider: (typeof PROVIDER_NAMES)[number]) {
  const form = emptyForm(provider);
  const way = Object.fromEntries(Object.entries(form.way).map(([name, initial]) => [name, TYPED[name] ?? initial]));
  return { ...form, way, email: "jane@example.com" };
}

const MAILBOX: Mailbox = Mailbox.parse({
  id: "mbx_a",
  mode: "live",
  name: "Jane",
  email: "jane@example.com",
  fromName: null,
  provider: "smtp",
  smtp: { host: "smtp.example.com", port: 587, security: "starttls", username: "jane", hasPassword: true },
  resend: null,
  postmark: null,
  ses: null,
  mailgun: null,
  isDefault: true,
  enabled: true,
  pausedReason: null,
  replyDomain: null,
  signature: "Jane",
  postalAddress: null,
  cc: null,
  bcc: null,
  keepsMessageId: null,
  threadReference: true,
  timeZone: null,
  fromDomain: {
    name: "example.com",
    isVerified: true,
    record: { type: "TXT", name: "_drafthook.example.com", value: "x" },
  },
  dailySendCap: 50,
  ramp: { start: 5, step: 5, ceiling: 40, since: "2026-11-20T10:00:00.000Z" },
  capZone: { name: "UTC", of: "tenant", why: "the mailbox has no time zone" },
  capToday: 5,
  minGapSeconds: 90,
  gapSpreadSeconds: 60,
  eventsUrl: null,
  selfTest: null,
  takesEvents: false,
  createdAt: "2026-11-20T10:00:00.000Z",
  updatedAt: "2026-11-20T10:00:00.000Z",
});

describe("The form of a mailbox", () => {
  test.each(PROVIDER_NAMES)("makes one for %s that the contract takes", (provider) => {
    expect(CreateMailbox.safeParse(createBody(filled(provider))).error?.issues ?? []).toEqual([]);
  });

  test("asks for a ramp and gaps in numbers", () => {
    const form = { ...filled("sandbox"), hasRamp: true, dailySendCap: "60", minGapSeconds: "90" };
    expect(createBody(form)).toMatchObject({
      ramp: { start: 10, step: 5, ceiling: 50 },
      dailySendCap: 60,
      minGapSeconds: 90,
    });
  });

  test("sends nothing where nothing was changed, so that no secret is overwritten and nothing is woken", () => {
    const form = formOf(MAILBOX);
    expect(changeBody(form, form)).toEqual({});
  });

  test("sends only what was changed, in a form that the contract takes", () => {
    const before = formOf(MAILBOX);
    const after = { ...before, signature: "", hasRamp: false, way: { ...before.way, port: "465", security: "tls" } };
    const body = changeBody(before, after);
    expect(body).toEqual({ signature: null, ramp: null, smtp: { port: 465, security: "tls" } });
    expect(UpdateMailbox.safeParse(body).success).toBe(true);
  });

  test("sends a secret only when one was typed", () => {
    const before = formOf(MAILBOX);
    expect(before.way["password"]).toBe("");
    expect(changeBody(before, { ...before, way: { ...before.way, password: "new" } })).toEqual({
      smtp: { password: "new" },
    });
  });

  test("names it by its address when the name is taken away", () => {
    const before = formOf(MAILBOX);
    expect(changeBody(before, { ...before, name: "" })).toEqual({ name: "jane@example.com" });
  });
});
