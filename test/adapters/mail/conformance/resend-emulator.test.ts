import { expect, test } from "vitest";
import { resendProvider } from "../../../../adapters/mail/providers/resend.ts";
import { fetchLoopback, mailsOfResendEmulatorAt, startResendEmulator } from "../../../support/far-side.ts";
import { sampleMail } from "../../../support/sample-mail.ts";
import type { ProviderUnderTest } from "./provider-under-test.ts";
import { findFailures, testConformance } from "./run-conformance.ts";

/** Resend's client in front of an emulator that no one here wrote: it can't be ordered to refuse or to break off. */
function emulated(name: string, fetch: typeof fetchLoopback = fetchLoopback): ProviderUnderTest {
  return {
    name,
    async arrange(situation) {
      if (situation !== "takes_everything") return { notApplicable: "the emulator takes everything" };
      const { provider, port } = await arrange(fetch);
      return { provider, received: () => mailsOfResendEmulatorAt(port) };
    },
  };
}

async function arrange(fetch = fetchLoopback) {
  const port = await startResendEmulator();
  return { provider: resendProvider({ apiUrl: `http://127.0.0.1:${port}`, apiKey: "re_test" }, { fetch }), port };
}

testConformance(emulated("resend, at the emulator of others,"));

test("a client that forgets the key is caught there too", async () => {
  const forgetful = (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    headers.delete("idempotency-key");
    return fetchLoopback(url, { ...init, headers });
  };
  expect(await findFailures(emulated("forgetful", forgetful))).toEqual([
    "a repeat with the same key arrives once, or the provider doesn't claim so",
  ]);
});

test("what threads a mail, where it is answered and how it is left arrive under their names", async () => {
  const { provider, port } = await arrange();
  const unsubscribe = "<https://u.sender.example/1>, <mailto:stop@reply.sender.example>";
  const payload = await provider.compose(
    sampleMail({
      inReplyTo: "<2@mail.example>",
      references: ["<1@mail.example>", "<2@mail.example>"],
      headers: { "List-Unsubscribe": unsubscribe, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
    }),
  );
  expect(await provider.send(payload, "dh-enr-0-0")).toMatchObject({ kind: "accepted" });
  const [mail] = await mailsOfResendEmulatorAt(port);
  expect(JSON.parse(mail?.raw ?? "")).toMatchObject({
    reply_to: ["r1abcdefghijklmnopqrstuvwxyz234567@reply.sender.example"],
    headers: {
      "In-Reply-To": "<2@mail.example>",
      References: "<1@mail.example> <2@mail.example>",
      "List-Unsubscribe": unsubscribe,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  });
});

test("other words under a key that was used are refused, and a second key is a second mail", async () => {
  const { provider, port } = await arrange();
  const payload = await provider.compose(sampleMail());
  const first = await provider.send(payload, "dh-enr-0-0");
  expect(await provider.send(payload, "dh-enr-0-0")).toEqual(first);
  expect(
    await provider.send(await provider.compose(sampleMail({ text: "Other words\n" })), "dh-enr-0-0"),
  ).toMatchObject({
    kind: "refused",
    scope: "message",
    code: "invalid_idempotent_request",
  });
  expect(await mailsOfResendEmulatorAt(port)).toHaveLength(1);
  await provider.send(payload, "dh-enr-0-1");
  expect(await mailsOfResendEmulatorAt(port)).toHaveLength(2);
});

test("a key that Resend wouldn't take is our message's fault", async () => {
  const { provider, port } = await arrange();
  expect(await provider.send(await provider.compose(sampleMail()), "k".repeat(257))).toMatchObject({
    kind: "refused",
    scope: "message",
    code: "invalid_idempotency_key",
  });
  expect(await mailsOfResendEmulatorAt(port)).toEqual([]);
});
