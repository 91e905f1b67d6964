import { describe, expect, test } from "vitest";
import { cloudflareProvider } from "../../../../adapters/mail/providers/cloudflare.ts";
import type { OutgoingMail } from "../../../../core/mail/outgoing.ts";
import { sampleMail } from "../../../support/sample-mail.ts";
import { StrictEmailBinding } from "../conformance/strict-email-binding.ts";

const unsubscribe = { "List-Unsubscribe": "<https://u.sender.example/t>" };
const many = (count: number, prefix: string, value: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}${at}`, value]));
const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ name: null, email: `p${at}@lead.example` }));

describe("what Email Service would refuse never reaches the binding", () => {
  test.each<[string, Partial<OutgoingMail>, string]>([
    ["51 recipients", { cc: people(30), bcc: people(20) }, "E_TOO_MANY_RECIPIENTS"],
    ["a subject of 999 characters", { subject: "x".repeat(999) }, "E_VALIDATION_ERROR"],
    ["a body over 5 MiB", { text: "x".repeat(5 * 1024 * 1024 + 1) }, "E_CONTENT_TOO_LARGE"],
    ["a header of 2,049 bytes", { headers: { "X-Long": "é".repeat(1_025) } }, "E_HEADER_VALUE_TOO_LONG"],
    [
      "references over 2,048 bytes",
      { references: Array.from({ length: 60 }, (_, at) => `<${"r".repeat(40)}-${at}@x>`) },
      "E_HEADER_VALUE_TOO_LONG",
    ],
    ["headers over 16 KiB", { headers: many(9, "X-H", "v".repeat(2_000)) }, "E_HEADERS_TOO_LARGE"],
    ["a header name of 101 characters", { headers: { [`X-${"n".repeat(99)}`]: "v" } }, "E_HEADER_NAME_INVALID"],
    ["an empty header", { headers: { "X-Empty": "" } }, "E_HEADER_VALUE_INVALID"],
    ["a List- header that isn't on their list", { headers: { "List-Cadence": "1" } }, "E_HEADER_NOT_ALLOWED"],
    [
      "unsubscribing over http",
      { headers: { "List-Unsubscribe": "<http://u.sender.example/t>" } },
      "E_HEADER_VALUE_INVALID",
    ],
    [
      "one-click with another value",
      { headers: { ...unsubscribe, "List-Unsubscribe-Post": "one-click" } },
      "E_HEADER_VALUE_INVALID",
    ],
    [
      "one-click without a link",
      { headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } },
      "E_HEADER_VALUE_INVALID",
    ],
    ["an unknown precedence", { headers: { Precedence: "urgent" } }, "E_HEADER_VALUE_INVALID"],
    ["Auto-Submitted: no", { headers: { "Auto-Submitted": "no" } }, "E_HEADER_VALUE_INVALID"],
  ])("%s", async (_, changes, code) => {
    const binding = new StrictEmailBinding("take");
    const provider = cloudflareProvider(binding);
    const result = await provider.send(await provider.compose(sampleMail(changes)), "key");
    expect(result).toMatchObject({ kind: "refused", scope: "message", code });
    expect(binding.mails).toEqual([]);
  });

  test("what is just within the limits is sent", async () => {
    const binding = new StrictEmailBinding("take");
    const provider = cloudflareProvider(binding);
    const mail = sampleMail({
      cc: people(30),
      bcc: people(19),
      subject: "x".repeat(998),
      headers: {
        ...unsubscribe,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        Precedence: "bulk",
        "X-Long": "v".repeat(2_048),
      },
    });
    expect(await provider.send(await provider.compose(mail), "key")).toMatchObject({ kind: "accepted" });
    expect(binding.mails).toHaveLength(1);
  });
});

test("the platform's own headers are not asked for, and the id it gives is not taken for the one on the wire", async () => {
  const binding = new StrictEmailBinding("take");
  const provider = cloudflareProvider(binding);
  const result = await provider.send(
    await provider.compose(sampleMail({ references: ["<thread@sender.example>"] })),
    "key",
  );
  expect(result).toMatchObject({ kind: "accepted", providerMessageId: "returned-by-the-binding", wireMessageId: null });
  expect(binding.mails[0]?.headerNames).toEqual(["references"]);
});

describe("what the binding's errors mean", () => {
  test.each([
    ["E_RECIPIENT_SUPPRESSED", { kind: "refused", scope: "recipient", addressDead: false }],
    ["E_RECIPIENT_NOT_ALLOWED", { kind: "refused", scope: "configuration" }],
    ["E_SENDER_NOT_VERIFIED", { kind: "refused", scope: "sender" }],
    ["E_SENDER_DOMAIN_NOT_AVAILABLE", { kind: "refused", scope: "configuration" }],
    ["E_VALIDATION_ERROR", { kind: "refused", scope: "message" }],
    ["E_HEADER_NOT_ALLOWED", { kind: "refused", scope: "message" }],
    ["E_RATE_LIMIT_EXCEEDED", { kind: "not_sent", retryAfterMs: 60_000 }],
    ["E_DAILY_LIMIT_EXCEEDED", { kind: "not_sent", retryAfterMs: 3_600_000 }],
    ["E_DELIVERY_FAILED", { kind: "unknown" }],
    ["E_INTERNAL_SERVER_ERROR", { kind: "unknown" }],
    ["E_SOMETHING_NEW", { kind: "unknown" }],
    ["constructor", { kind: "unknown" }],
  ])("%s", async (code, expected) => {
    const provider = cloudflareProvider(new StrictEmailBinding({ refuse: code }));
    expect(await provider.send(await provider.compose(sampleMail()), "key")).toMatchObject(expected);
  });
});
