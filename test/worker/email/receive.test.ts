import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { newId } from "../../../adapters/crypto/ids.ts";
import { replyAddress } from "../../../adapters/mail/reply-address.ts";
import { CadenceEvent } from "../../../core/contract/event.ts";
import type { Job } from "../../../core/jobs.ts";
import { EnrollmentObject } from "../../../durable-objects/enrollment.ts";
import { handWaitingOver } from "../../../worker/email/hand-inbound-over.ts";
import { type IncomingMail, receiveMail } from "../../../worker/email.ts";
import { consume } from "../../../worker/queue.ts";
import { addEndpoint, enroll, makeWorld, ring, START, setClock, type World } from "../../support/enrollment.ts";

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

test("who asks for no more mail has answered, and the cadence ends", async () => {
  const { world, stub, address } = await started();
  const wish = GMAIL.replace("Sounds good, call me.", "Please take me off your list.");
  await receiveMail(
    incoming(wish.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address),
    env,
    Date.now(),
  );
  expect((await stub.read())?.phase.name).toBe("finished");
  expect(await row(world)).toMatchObject([{ status: "matched", kind: "unsubscribe" }]);
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

describe("the same mail by two ways", () => {
  const plain = (to: string, more = "") => more + GMAIL.replaceAll("{to}", to).replaceAll("{inReplyTo}", "<x@y>");

  test.each([
    ["another trace", (to: string) => plain(to, "Received: from mx2.lead.example by mx.example; Mon, 23 Nov 2026\n")],
    [
      "other signs of the servers on its way",
      (to: string) =>
        plain(to, "Return-Path: <a@b>\nDelivered-To: x@y\nARC-Seal: i=1\nX-Spam-Score: 3\nDKIM-Signature: v=1\n"),
    ],
    ["its subject folded and a line more at the end", (to: string) => `${plain(to).replace("Re: A", "Re:\n A")}\n`],
  ])("with %s is one reply", async (_name, second) => {
    const { world, stub, address } = await started();
    await receiveMail(incoming(plain(address), address), env, Date.now());
    await receiveMail(incoming(second(address), address), env, Date.now());
    expect((await stub.read())?.replies.count).toBe(1);
    expect(await row(world)).toHaveLength(1);
  });

  test("to the reply address and, in copy, to another address of ours is one reply", async () => {
    const { stub, address } = await started();
    const text = plain(address).replace("Subject:", "Cc: ana@acme.example\nSubject:");
    for (const to of [address, "ana@acme.example"]) await receiveMail(incoming(text, to), env, Date.now());
    expect((await stub.read())?.replies.count).toBe(1);
  });

  test("without a Message-ID is one reply", async () => {
    const { stub, address } = await started();
    const bare = plain(address).replace(/Message-ID: .*\n/, "");
    await receiveMail(incoming(bare, address), env, Date.now());
    await receiveMail(incoming(`Received: by b\n${bare}`, address), env, Date.now());
    expect((await stub.read())?.replies.count).toBe(1);
  });

  test.each([
    ["other words", (text: string) => text.replace("call me.", "call me tomorrow.")],
    ["another date", (text: string) => text.replace("10:05", "10:06")],
    ["another Message-ID", (text: string) => text.replace("CAF+jane", "CAF+june")],
  ])("but %s make two", async (_name, change) => {
    const { stub, address } = await started();
    await receiveMail(incoming(plain(address), address), env, Date.now());
    await receiveMail(incoming(change(plain(address)), address), env, Date.now());
    expect((await stub.read())?.replies.count).toBe(2);
  });
});

test("a mail with fifty references asks D1 no more questions than one with a single one", async () => {
  const questions = async (references: string) => {
    await started();
    const text = GMAIL.replaceAll("{to}", "x@elsewhere.example").replaceAll("{inReplyTo}", references);
    const prepare = vi.spyOn(env.DB, "prepare");
    await receiveMail(incoming(text, "x@elsewhere.example"), env, Date.now());
    const count = prepare.mock.calls.length;
    prepare.mockRestore();
    return count;
  };
  const many = Array.from({ length: 50 }, (_, n) => `<${n}@no.example>`).join("\n ");
  expect(await questions(many)).toBe(await questions("<0@no.example>"));
});

test("a reference to a message that we sent is a suggestion to its own tenant, however many others it names", async () => {
  const { world, id } = await started();
  const ours = `<dh-${newId("enr").slice(4)}-0-0@acme.example>`;
  await env.DB.prepare(
    "INSERT INTO messages (id, tenant_id, mode, enrollment_id, direction, at, text, message_id) VALUES (?, ?, 'sandbox', ?, 'out', 0, '', ?)",
  )
    .bind(crypto.randomUUID(), world.tenantId, id, ours)
    .run();
  const text = GMAIL.replaceAll("{to}", "y@elsewhere.example").replaceAll("{inReplyTo}", `<a@b>\n ${ours}\n <c@d>`);
  await receiveMail(incoming(text, "y@elsewhere.example"), env, Date.now());
  expect(await row(world)).toMatchObject([
    { status: "unmatched", enrollment_id: id, reason: expect.stringContaining("in_reply_to") },
  ]);
});

describe("mail that leads to no enrollment", () => {
  const mailTo = (to: string, header = to) =>
    incoming(GMAIL.replaceAll("{to}", header).replaceAll("{inReplyTo}", "<no@one>"), to);

  async function tenantWith(...mailboxes: readonly (readonly [email: string, mode: string, replyDomain?: string])[]) {
    const { tenantId } = await makeWorld();
    for (const [email, mode, replyDomain] of mailboxes)
      await env.DB.prepare(
        "INSERT INTO mailboxes (id, tenant_id, mode, name, email, provider, reply_domain, created_at, updated_at) VALUES (?, ?, ?, 'm', ?, 'sandbox', ?, 0, 0)",
      )
        .bind(newId("mbx"), tenantId, mode, email, replyDomain ?? null)
        .run();
    return tenantId;
  }

  async function ownerOf(to: string) {
    const found = await env.DB.prepare("SELECT tenant_id AS tenantId, mode FROM inbound_mail WHERE envelope_to = ?")
      .bind(to)
      .all<{ tenantId: string | null; mode: string }>();
    return found.results;
  }

  /** As if the installation had this tenant alone; the tests share one database. */
  function alone(tenantId: string): void {
    const prepare = env.DB.prepare.bind(env.DB);
    vi.spyOn(env.DB, "prepare").mockImplementation((sql) =>
      prepare(sql.replace("FROM tenants t", `FROM (SELECT * FROM tenants WHERE id = '${tenantId}') t`)),
    );
  }

  test("to an address with a live and a test mailbox of one tenant is its live mail", async () => {
    const email = `${newId("mbx")}@both.example`;
    const tenantId = await tenantWith([email, "sandbox"], [email.toUpperCase(), "live"]);
    await receiveMail(mailTo(email), env, Date.now());
    expect(await ownerOf(email)).toEqual([{ tenantId, mode: "live" }]);
  });

  test("to an address that two tenants claim is shown to neither", async () => {
    const email = `${newId("mbx")}@claimed.example`;
    await tenantWith([email, "live"]);
    await tenantWith([email, "live"]);
    await receiveMail(mailTo(email), env, Date.now());
    expect(await ownerOf(email)).toEqual([{ tenantId: null, mode: "live" }]);
  });

  test("under a domain that one tenant receives for isn't another's who claims the address", async () => {
    const domain = `${newId("mbx").replace("_", "")}.example`;
    await tenantWith(["ana@acme.example", "live", domain]);
    await tenantWith([`boss@${domain}`, "live"]);
    await receiveMail(mailTo(`boss@${domain}`), env, Date.now());
    expect(await ownerOf(`boss@${domain}`)).toEqual([{ tenantId: null, mode: "live" }]);
  });

  test("under the installation's own reply domain is nobody's, whoever claims the address", async () => {
    const email = `${newId("mbx")}@${env.REPLY_DOMAIN}`;
    await tenantWith([email, "live"]);
    await receiveMail(mailTo(email), env, Date.now());
    expect(await ownerOf(email)).toEqual([{ tenantId: null, mode: "live" }]);
  });

  test("goes by the envelope before the header that anybody can write", async () => {
    const [one, two] = [`${newId("mbx")}@one.example`, `${newId("mbx")}@two.example`];
    const [first] = [await tenantWith([one, "live"]), await tenantWith([two, "live"])];
    await receiveMail(mailTo(one, two), env, Date.now());
    expect(await ownerOf(one)).toEqual([{ tenantId: first, mode: "live" }]);
  });

  test.each([["live"], ["sandbox"]])("belongs to the only tenant of an installation: %s", async (mode) => {
    const to = `${newId("mbx")}@nowhere.example`;
    const tenantId = await tenantWith(["x@elsewhere.example", mode]);
    alone(tenantId);
    await receiveMail(mailTo(to), env, Date.now());
    expect(await ownerOf(to)).toEqual([{ tenantId, mode }]);
  });

  test("belongs to nobody where there are several", async () => {
    const to = `${newId("mbx")}@nowhere.example`;
    await tenantWith();
    await receiveMail(mailTo(to), env, Date.now());
    expect(await ownerOf(to)).toEqual([{ tenantId: null, mode: "live" }]);
  });
});

describe("unmatched mail is told to its tenant's endpoints", () => {
  async function forged() {
    const begun = await started();
    const address = begun.address.replace(/^(r.{17}).{16}/, `$1${"a".repeat(16)}`);
    const jobs: Job[] = [];
    vi.spyOn(env.JOB_QUEUE, "send").mockImplementation(async (job) => {
      jobs.push(job as Job);
      return { metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } } } as QueueSendResponse;
    });
    const mail = (more = "") =>
      incoming(GMAIL.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>") + more, address);
    return { ...begun, jobs, mail };
  }

  async function work(jobs: Job[]): Promise<void> {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const message = { id: "1", timestamp: new Date(), body: job, attempts: 1, ack: () => undefined };
      await consume({ queue: "drafthook-jobs", messages: [message] } as unknown as MessageBatch<unknown>, env);
    }
  }

  test("each that wants it, once, as its schema says", async () => {
    const { world, id, jobs, mail } = await forged();
    await addEndpoint(world, "https://other.example/hook");
    const deaf = await addEndpoint(world, "https://deaf.example/hook");
    await env.DB.prepare("UPDATE endpoints SET event_types = '[\"cadence.step.fired\"]' WHERE id = ?").bind(deaf).run();
    for (let time = 0; time < 3; time++) await receiveMail(mail(), env, Date.now());
    await work(jobs);
    // By the enrollment that it names: the queue of the platform may still bring what an earlier test left.
    const told = world.requests.filter(({ body }) => body.includes(`"suggestedEnrollmentId":"${id}"`));
    expect(told.map(({ url }) => url).sort()).toEqual(["https://drafter.example/hook", "https://other.example/hook"]);
    for (const { json } of told) expect(CadenceEvent.parse(json)).toEqual(json);
    const [kept] = (
      await env.DB.prepare("SELECT id FROM inbound_mail WHERE tenant_id = ?").bind(world.tenantId).all<{ id: string }>()
    ).results;
    expect(told[0]?.json).toMatchObject({
      enrollment: null,
      data: {
        inboundId: kept?.id,
        suggestedEnrollmentId: id,
        kind: "human",
        untrusted: true,
        from: "jane@lead.example",
      },
    });
    expect(new Set(told.map(({ headers }) => headers.get("webhook-id"))).size).toBe(1);
  });

  test("also one whose enrollment was emptied long ago", async () => {
    const { world, stub, address, jobs } = await forged();
    await runInDurableObject(stub, async (_object, ctx) => ctx.storage.deleteAll());
    await evictDurableObject(stub);
    await receiveMail(
      incoming(GMAIL.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address),
      env,
      Date.now(),
    );
    expect(await row(world)).toMatchObject([{ status: "unmatched" }]);
    expect(jobs).toMatchObject([{ type: "tell_unmatched", data: { reason: expect.stringContaining("emptied") } }]);
  });

  test("when the queue is down the mail comes again, and is told then", async () => {
    const { world, jobs, mail } = await forged();
    vi.mocked(env.JOB_QUEUE.send).mockRejectedValueOnce(new Error("the queue is gone"));
    await expect(receiveMail(mail(), env, Date.now())).rejects.toThrow("the queue is gone");
    await receiveMail(mail(), env, Date.now());
    expect([jobs.length, await row(world)]).toMatchObject([1, [{ status: "unmatched" }]]);
  });

  test("a flood of it is stored, and told a hundred times within an hour", async () => {
    const { world, jobs, mail } = await forged();
    for (let n = 0; n < 105; n++) await receiveMail(mail(`${n}\n`), env, Date.now());
    expect([jobs.length, (await row(world)).length]).toEqual([100, 105]);
    await receiveMail(mail("later\n"), env, Date.now() + 3_600_001);
    expect(jobs).toHaveLength(101);
  });

  test("matched mail is not", async () => {
    const { address, jobs } = await forged();
    await receiveMail(
      incoming(GMAIL.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address),
      env,
      Date.now(),
    );
    expect(jobs).toEqual([]);
  });
});

test("a bounce comes from nobody, however the server writes that", async () => {
  const { world, address } = await started();
  const mail = incoming(GMAIL.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address, { from: "<>" });
  await receiveMail(mail, env, Date.now());
  const kept = await env.DB.prepare("SELECT envelope_from AS sender FROM inbound_mail WHERE tenant_id = ?")
    .bind(world.tenantId)
    .first<{ sender: string }>();
  expect(kept?.sender).toBe("");
});

describe("who asks for no more mail is on the list before the sender's server has its answer", () => {
  const WISH = GMAIL.replace("Sounds good, call me.", "Please remove me from your list.").replaceAll(
    "{inReplyTo}",
    "<x@y>",
  );

  async function suppressed({ tenantId }: World): Promise<readonly string[]> {
    const { results } = await env.DB.prepare("SELECT value, reason FROM suppressions WHERE tenant_id = ?")
      .bind(tenantId)
      .all<{ value: string; reason: string }>();
    return results.map(({ value, reason }) => `${value} ${reason}`);
  }

  test("while the enrollment runs, whatever becomes of the log", async () => {
    const { world, stub, address } = await started();
    vi.spyOn(env.LOG_QUEUE, "sendBatch").mockRejectedValue(new Error("the queue is away"));
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    await receiveMail(incoming(WISH.replaceAll("{to}", address), address), env, Date.now());
    expect((await stub.read())?.phase).toMatchObject({ exit: { reason: "unsubscribed" } });
    expect(await suppressed(world)).toEqual(["jane@lead.example unsubscribed"]);
  });

  test("long after its end, when the enrollment was emptied", async () => {
    setClock(START);
    const world = await makeWorld();
    const { id } = await enroll(world, {}, { begin: false });
    const address = await replyAddress(env, world.tenantId, id, env.REPLY_DOMAIN);
    await receiveMail(incoming(WISH.replaceAll("{to}", address), address), env, Date.now());
    expect(await suppressed(world)).toEqual(["jane@lead.example unsubscribed"]);
    expect(await row(world)).toMatchObject([{ status: "unmatched", reason: expect.stringContaining("emptied") }]);
  });
});

test("a mail that was kept and couldn't be handed over is handed over by the next run, once", async () => {
  const { world, stub, address } = await started();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const receive = vi.spyOn(EnrollmentObject.prototype, "receive").mockRejectedValueOnce(new Error("overloaded"));
  const mail = () => incoming(GMAIL.replaceAll("{to}", address).replaceAll("{inReplyTo}", "<x@y>"), address);
  await expect(receiveMail(mail(), env, Date.now())).rejects.toThrow("overloaded");
  expect([await row(world), (await stub.read())?.phase.name]).toMatchObject([[{ status: "matched" }], "waiting"]);
  vi.setSystemTime(Date.now() + 61_000);
  await handWaitingOver(env, Date.now());
  expect((await stub.read())?.phase).toMatchObject({ exit: { reason: "replied" } });
  const calls = receive.mock.calls.length;
  await handWaitingOver(env, Date.now());
  expect(receive.mock.calls.length).toBe(calls);
});

test("the copy of a message that comes back (Bcc) ends nothing and suppresses nobody", async () => {
  const { world, stub, address } = await started();
  await env.DB.prepare("UPDATE mailboxes SET bcc = 'CRM@acme.example' WHERE id = ?").bind(world.mailboxId).run();
  const bounce = [
    "From: Mail Delivery System <MAILER-DAEMON@mx.acme.example>",
    `To: ${address}`,
    "Subject: Undelivered Mail Returned to Sender",
    "Message-ID: <bounce@mx.acme.example>",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "<crm@acme.example>: 550 5.1.1 User unknown",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.acme.example",
    "",
    "Final-Recipient: rfc822; crm@acme.example",
    "Action: failed",
    "Status: 5.1.1",
    "--b--",
    "",
  ].join("\n");
  await receiveMail(incoming(bounce, address, { from: "" }), env, Date.now());
  expect([(await stub.read())?.phase.name, await row(world)]).toMatchObject([
    "waiting",
    [{ status: "matched", kind: "other" }],
  ]);
});
