import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { seal } from "../../../adapters/crypto/seal.ts";

import { mailboxSecretContext } from "../../../adapters/mail/mailbox-secret.ts";
import {
  enroll,
  makeWorld,
  ring,
  runUntil,
  START,
  sandboxMail,
  setClock,
  type World,
} from "../../support/enrollment.ts";

const OTHER_KEY = "YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODk=";
const API = JSON.stringify({ apiUrl: "https://api.resend.com" });

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type Stored = readonly [provider: string, settings: string, secret: string | null];

async function saveMailbox({ mailboxId }: World, [provider, settings, secret]: Stored): Promise<void> {
  await env.DB.prepare("UPDATE mailboxes SET provider = ?, settings = ?, secret = ? WHERE id = ?")
    .bind(provider, settings, secret, mailboxId)
    .run();
}

test.each<readonly [string, (world: World) => Promise<Stored>]>([
  [
    "a secret that was sealed under another key",
    async ({ tenantId, mailboxId }: World) => [
      "resend",
      API,
      await seal(new Map([[1, OTHER_KEY]]), 1, "re_key", mailboxSecretContext(tenantId, mailboxId)),
    ],
  ],
  ["settings of an older kind", async () => ["postmark", JSON.stringify({ apiUrl: "https://x.example" }), null]],
  ["settings that can't be read at all", async () => ["smtp", "{", null]],
  ["no secret", async () => ["resend", API, null]],
])("%s: the step is held for a person and says what to do; when that is done it is sent", async (_name, stored) => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { id, stub } = await enroll(world);
  await saveMailbox(world, await stored(world));
  await ring(stub);
  const held = (await stub.read())?.phase;
  expect(held).toMatchObject({
    name: "held",
    detail: expect.stringContaining(`of mailbox ${world.mailboxId} can't be read; save both again`),
  });
  await runUntil(stub, () => world.requests.some(({ json }) => json.type === "cadence.step.held"));
  await saveMailbox(world, ["sandbox", "{}", null]);
  const draftId = held !== undefined && "draft" in held ? (held.draft?.id ?? "") : "";
  expect(await stub.request({ type: "draft_released", by: "person", draftId })).toMatchObject({ ok: true });
  await ring(stub);
  expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
  expect(await sandboxMail(id)).toHaveLength(1);
});
