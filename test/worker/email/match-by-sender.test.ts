import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { receiveMail } from "../../../worker/email.ts";
import { enroll, makeWorld, ring, START, setClock } from "../../support/enrollment.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Jane got a message from a mailbox whose address no other customer has. */
async function started() {
  setClock(START);
  const world = await makeWorld();
  const mailbox = `ana@${world.tenantId.replace("_", "-")}.example`;
  await env.DB.prepare("UPDATE mailboxes SET email = ? WHERE id = ?").bind(mailbox, world.mailboxId).run();
  const { id, stub } = await enroll(world);
  await ring(stub);
  return { world, mailbox, id, stub };
}

async function bring(to: string, headers: string, text: string): Promise<void> {
  const raw = `${headers}\nTo: ${to}\nMessage-ID: <${crypto.randomUUID()}@lead.example>\nDate: Mon, 23 Nov 2026 10:05:00 +0000\n\n${text}\n`;
  const bytes = new TextEncoder().encode(raw.replaceAll("\n", "\r\n"));
  await receiveMail(
    {
      from: "jane@lead.example",
      to,
      raw: new Response(bytes).body as ReadableStream,
      rawSize: bytes.length,
      setReject: () => undefined,
    },
    env,
    Date.now(),
  );
}

async function kept(tenantId: string) {
  return env.DB.prepare(
    "SELECT status, enrollment_id AS enrollmentId, kind, reason FROM inbound_mail WHERE tenant_id = ?",
  )
    .bind(tenantId)
    .first<{ status: string; enrollmentId: string | null; kind: string; reason: string }>();
}

test("a new mail from the lead to the mailbox that wrote to them is shown with their enrollment, and stops nothing", async () => {
  const { world, mailbox, id, stub } = await started();
  await bring(mailbox, "From: Jane <JANE@lead.example>\nSubject: Another thing", "Do you also sell tea?");
  expect(await kept(world.tenantId)).toMatchObject({ status: "unmatched", enrollmentId: id, kind: "human" });
  expect((await stub.read())?.phase.name).toBe("waiting");
});

test("of two enrollments the newer one is suggested", async () => {
  const { world, mailbox } = await started();
  const { id } = await enroll(world);
  await bring(mailbox, "From: jane@lead.example\nSubject: Another thing", "Do you also sell tea?");
  expect(await kept(world.tenantId)).toMatchObject({ enrollmentId: id });
});

test("a bounce that names the lead and none of our ids is shown with their enrollment", async () => {
  const { world, mailbox, id } = await started();
  await bring(
    mailbox,
    "From: Mail Delivery System <MAILER-DAEMON@lead.example>\nSubject: Undelivered Mail Returned to Sender",
    "I'm sorry to have to inform you that your message could not be delivered.\n\n<jane@lead.example>: host mx.lead.example said: 550 5.1.1 User unknown",
  );
  expect(await kept(world.tenantId)).toMatchObject({ status: "unmatched", enrollmentId: id, kind: "bounce" });
});

test.each([
  ["somebody else's mail to the mailbox", "From: joe@lead.example", null],
  ["the lead's mail to another address", "From: jane@lead.example", "office"],
])("%s suggests nothing", async (_name, from, recipient) => {
  const { world, mailbox } = await started();
  const to = recipient === null ? mailbox : mailbox.replace("ana", recipient);
  await env.DB.prepare("UPDATE mailboxes SET reply_domain = ? WHERE id = ?")
    .bind(mailbox.slice(mailbox.indexOf("@") + 1), world.mailboxId)
    .run();
  await bring(to, `${from}\nSubject: Another thing`, "Do you also sell tea?");
  expect(await kept(world.tenantId)).toMatchObject({ status: "unmatched", enrollmentId: null });
});
