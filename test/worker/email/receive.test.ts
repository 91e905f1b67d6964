import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { replyAddress } from "../../../adapters/mail/reply-address.ts";
import { type IncomingMail, receiveMail } from "../../../worker/email.ts";
import { enroll, makeWorld, ring, START, setClock, type World } from "../../support/enrollment.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const GMAIL = `From: Jane <jane@lead.example>
To: Ana <{to}>
Subject: Re: A question
Message-ID: <CAF+jane@mail.gmail.com>
In-Reply-To: {inReplyTo}
References: {inReplyTo}
Date: Mon, 23 Nov 2026 10:05:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset="UTF-8"

Sounds good, call me.

On Mon, 23 Nov 2026 at 10:00, Ana <ana@acme.example> wrote:
> Hello
`;

function incoming(text: string, to: string, more: Partial<IncomingMail> = {}): IncomingMail & { rejected: string[] } {
  const bytes = new TextEncoder().encode(text.replaceAll("\n", "\r\n"));
  const rejected: string[] = [];
  return {
    from: "jane@lead.example",
    to,
    raw: new Response(bytes).body as ReadableStream,
    rawSize: bytes.length,
    setReject: (reason) => void rejected.push(reason),
    rejected,
    ...more,
  };
}

async function row(world: World) {
  const { results } = await env.DB.prepare(
    "SELECT status, kind, enrollment_id, reason, raw_key FROM inbound_mail WHERE tenant_id = ?",
  )
    .bind(world.tenantId)
    .all<Record<string, string | null>>();
  return results;
}

async function started() {
  setClock(START);
  const world = await makeWorld();
  const { id, stub } = await enroll(world);
  await ring(stub);
  const address = await replyAddress(env, world.tenantId, id, env.REPLY_DOMAIN);
  return { world, id, stub, address };
}

test("a reply to the token address stops the cadence and is kept, raw too", async () => {
  const { world, id, stub, address } = await started();
  await receiveMail(
    incoming(GMAIL.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address),
    env,
    Date.now(),
  );
  expect((await stub.read())?.phase).toMatchObject({ name: "finished", exit: { reason: "replied" } });
  const [kept] = await row(world);
  expect(kept).toMatchObject({ status: "matched", kind: "human", enrollment_id: id });
  expect(await (await env.BODIES.get(kept?.raw_key ?? ""))?.text()).toContain("Sounds good");
});

test("the customer is told the new words apart from the quoted ones", async () => {
  const { world, stub, address } = await started();
  await receiveMail(
    incoming(GMAIL.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address),
    env,
    Date.now(),
  );
  vi.setSystemTime(Date.now() + 1_000);
  await ring(stub);
  const replied = world.requests.find(({ json }) => json.type === "cadence.lead.replied");
  expect(replied?.json).toMatchObject({
    reason: "replied",
    data: { reply: { text: "Sounds good, call me.", untrusted: true, auth: { tokenValid: true } } },
  });
});

test("the same mail brought five times is one reply", async () => {
  const { world, stub, address } = await started();
  for (let time = 0; time < 5; time++)
    await receiveMail(
      incoming(GMAIL.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address),
      env,
      Date.now(),
    );
  expect((await stub.read())?.replies.count).toBe(1);
  expect(await row(world)).toHaveLength(1);
});

test("a token with a forged MAC stops nothing: the mail is kept as unmatched, with the enrollment it names", async () => {
  const { world, id, stub, address } = await started();
  const forged = address.replace(/^(r.{17}).{16}/, `$1${"a".repeat(16)}`);
  await receiveMail(
    incoming(GMAIL.replaceAll("{to}", forged).replaceAll("{inReplyTo}", "<x@y>"), forged),
    env,
    Date.now(),
  );
  expect((await stub.read())?.phase.name).toBe("waiting");
  expect(await row(world)).toMatchObject([{ status: "unmatched", enrollment_id: id }]);
});

test("an out-of-office notice does not stop the cadence", async () => {
  const { world, stub, address } = await started();
  const notice = GMAIL.replace(
    "Subject: Re: A question",
    "Subject: Automatic reply: A question\nAuto-Submitted: auto-replied",
  ).replace("Sounds good, call me.", "I am out of the office until Monday.");
  await receiveMail(
    incoming(notice.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address),
    env,
    Date.now(),
  );
  expect((await stub.read())?.phase.name).toBe("waiting");
  expect(await row(world)).toMatchObject([{ status: "matched", kind: "auto_reply" }]);
});

test("what leads nowhere is stored all the same", async () => {
  await started();
  await receiveMail(
    incoming(
      GMAIL.replaceAll("{to}", "info@elsewhere.example").replaceAll("{inReplyTo}", "<no@one>"),
      "info@elsewhere.example",
    ),
    env,
    Date.now(),
  );
  const found = await env.DB.prepare(
    "SELECT status, raw_key FROM inbound_mail WHERE envelope_to = 'info@elsewhere.example'",
  ).first<{ status: string; raw_key: string }>();
  expect(found?.status).toBe("unmatched");
  expect(await env.BODIES.head(found?.raw_key ?? "")).not.toBeNull();
});

test("our own trouble throws, so that the sender tries again, and nothing was rejected", async () => {
  const { address, stub } = await started();
  const mail = incoming(GMAIL.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address);
  vi.spyOn(env.DB, "prepare").mockImplementation(() => {
    throw new Error("D1 is gone");
  });
  await expect(receiveMail(mail, env, Date.now())).rejects.toThrow("D1 is gone");
  expect(mail.rejected).toEqual([]);
  vi.mocked(env.DB.prepare).mockRestore();
  await receiveMail(
    incoming(GMAIL.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address),
    env,
    Date.now(),
  );
  expect((await stub.read())?.replies.count).toBe(1);
});

test("more than 25 MiB is rejected by policy before it is read", async () => {
  const { address } = await started();
  const mail = incoming("x", address, { rawSize: 25 * 1024 * 1024 + 1 });
  await receiveMail(mail, env, Date.now());
  expect(mail.rejected).toHaveLength(1);
});
