import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { CadenceCreated } from "../../core/contract/cadence.ts";
import { Enrolled, Enrollment } from "../../core/contract/enrollment.ts";
import { HOOK_HEADER, LinkedinAccountWithSecret } from "../../core/contract/linkedin-account.ts";
import { Task, TaskPage } from "../../core/contract/task.ts";
import { type Api, openApi } from "../../tools/demo/api.ts";
import { shortHours } from "../../tools/demo/linkedin/hours.ts";
import { type Local, startLocal } from "../../tools/local.ts";
import { startUnipileDouble, type UnipileDouble } from "../support/unipile-double.ts";

/** The customer, LinkedIn and the program are three sides that meet by real sockets only. */
let dataDir = "";
let customer: Server;
let double: UnipileDouble;
let local: Local;
let api: Api;
/** What the customer's endpoint was told, by type. */
let told: { readonly type: string; readonly body: Record<string, unknown> }[] = [];

/** Polls come every 7 to 21 s then, in the place of hours. */
const SPEED = "1000";

beforeEach(async () => {
  told = [];
  dataDir = await mkdtemp(join(tmpdir(), "drafthook-linkedin-e2e-"));
  customer = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text) as Record<string, unknown>;
    const type = String(body["type"]);
    told.push({ type, body });
    const answer =
      type === "cadence.step.draft.requested"
        ? { body: "Hello", subject: "A question" }
        : type === "cadence.lead.replied"
          ? { body: "It is free." }
          : null;
    response.writeHead(answer === null ? 204 : 200, { "content-type": "application/json" });
    response.end(answer === null ? undefined : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => customer.listen(0, "127.0.0.1", resolve));
  double = await startUnipileDouble({ hookRetryMs: 300 });
  local = await startLocal({ dataDir, port: 0, cronEverySeconds: 1, vars: { LOCAL_SPEED: SPEED } });
  api = openApi(local.url, local.liveKey);
});

afterEach(async () => {
  await local.stop();
  await double.close();
  customer.closeAllConnections();
  customer.close();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test.each([
  ["told by hooks", 4],
  ["found by asking, since every hook is lost", 45],
])(
  "connect, accepted, message, reply: %s; the reply stops the e-mail, and its answer goes back into the chat",
  async (how, mailAfterSeconds) => {
    const account = await makeAccount({ provider: "unipile" });
    if (how === "told by hooks") registerHooks(account);
    const id = await enrollJane(account.id, mailAfterSeconds);
    await until(() => double.takenInvitations().length === 1);
    double.accept("jane-doe", "at_once");
    await until(() => double.takenMessages().length === 1);
    double.reply("jane-doe", "What does it cost?");
    await until(() => double.takenMessages().length === 2);
    expect(double.takenInvitations().map(({ text }) => text)).toEqual(["Hello"]);
    expect(double.takenMessages().map(({ text }) => text)).toEqual(["Hello", "It is free."]);
    expect(new Set(double.takenMessages().map(({ chatId }) => chatId)).size).toBe(1);
    await until(async () => (await read(id)).state === "exited");
    expect(await read(id)).toMatchObject({ exitReason: "replied", replyCount: 1 });
    // Over is over; and where it is soon, the time of the e-mail is waited for.
    if (mailAfterSeconds < 10) await wait(mailAfterSeconds * 1000 + 1_000);
    expect(await sandboxMails()).toBe(0);
    expect(types().filter((type) => type === "cadence.lead.connected")).toHaveLength(1);
    expect(types().filter((type) => type === "cadence.lead.replied")).toHaveLength(1);
    const connected = told.find(({ type }) => type === "cadence.lead.connected")?.body;
    expect(connected).toMatchObject({ data: { by: how === "told by hooks" ? "hook" : "poll" } });
  },
);

test("the same by a person's hand: each step is a task, and what the person says of it moves the cadence", async () => {
  const account = await makeAccount({ provider: "manual" });
  const id = await enrollJane(account.id, 4);
  const invitation = await nextTask("linkedin_connect");
  expect(invitation).toMatchObject({ text: "Hello", leadLinkedinUrl: JANE });
  await api.post(`/v1/tasks/${invitation.id}/done`, {}, z.unknown());
  await api.post(`/v1/enrollments/${id}/connected`, {}, z.unknown());
  const message = await nextTask("linkedin_message");
  await api.post(`/v1/tasks/${message.id}/done`, { text: "Hello Jane!" }, z.unknown());
  await until(async () => (await read(id)).outcomes.length === 2);
  await api.post(`/v1/enrollments/${id}/linkedin-replies`, { text: "What does it cost?" }, z.unknown());
  const answer = await nextTask("linkedin_message");
  expect(answer).toMatchObject({ text: "It is free.", reply: 1 });
  await api.post(`/v1/tasks/${answer.id}/done`, {}, z.unknown());
  await wait(5_000);
  expect(await read(id)).toMatchObject({ state: "exited", exitReason: "replied" });
  expect(await sandboxMails()).toBe(0);
  expect(double.requests).toEqual([]);
});

const JANE = "https://www.linkedin.com/in/jane-doe";
const HOURS_MINUTES = 5;

function makeAccount(provider: { readonly provider: "unipile" | "manual" }) {
  const { apiUrl, apiKey } = double;
  const unipile = { apiUrl, apiKey, accountId: double.world.order.accountId };
  const pace = { perDay: 1_000, ramp: null, minGapSeconds: 0, gapSpreadSeconds: 0 };
  return api.post(
    "/v1/linkedin-accounts",
    {
      ...{ ...provider, name: "Ada", ...shortHours(Date.now(), HOURS_MINUTES) },
      ...{ invitations: { ...pace, perWeek: 7_000 }, messages: pace },
      ...(provider.provider === "unipile" ? { unipile } : {}),
    },
    LinkedinAccountWithSecret,
  );
}

function registerHooks({ hookUrl, hookSecret }: z.infer<typeof LinkedinAccountWithSecret>): void {
  for (const source of ["messaging", "users", "account_status"])
    double.hooks.webhooks.push({
      ...{ id: source, requestUrl: hookUrl ?? "", source, name: source },
      headers: [{ key: HOOK_HEADER, value: hookSecret ?? "" }],
    });
}

async function enrollJane(sessionId: string, mailAfterSeconds: number): Promise<string> {
  const { port } = customer.address() as AddressInfo;
  await api.post("/v1/mailboxes", { provider: "sandbox", email: "ada@acme.example", fromName: "Ada" }, z.unknown());
  const { cadence } = await api.post(
    "/v1/cadences",
    {
      ...{ name: "Both ways", webhookUrl: `http://127.0.0.1:${port}/`, businessHoursOnly: false },
      steps: [
        { kind: "linkedin_connect" },
        { kind: "linkedin_message", condition: "after_accept" },
        { kind: "email", delaySeconds: mailAfterSeconds },
      ],
    },
    CadenceCreated,
  );
  const lead = { leadExternalId: "jane", leadEmail: "jane@lead.example", leadLinkedinUrl: JANE, sessionId };
  return (await api.post(`/v1/cadences/${cadence.id}/enrollments`, lead, Enrolled)).enrollment.id;
}

async function nextTask(kind: string): Promise<z.infer<typeof Task>> {
  let id: string | null = null;
  await until(async () => {
    const { data } = await api.get("/v1/tasks", TaskPage);
    id = data.find((task) => task.kind === kind)?.id ?? null;
    return id !== null && (await api.status(`/v1/tasks/${id}`)) === 200;
  });
  return api.get(`/v1/tasks/${id}`, Task);
}

function read(id: string) {
  return api.get(`/v1/enrollments/${id}`, Enrollment);
}

async function sandboxMails(): Promise<number> {
  const { results } = await local.database.prepare("SELECT send_key FROM sandbox_mail").all();
  return results.length;
}

function types(): readonly string[] {
  return told.map(({ type }) => type);
}

const WITHIN_MS = 40_000;

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + WITHIN_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`it didn't come to that in ${WITHIN_MS} ms; told so far: ${types()}`);
    await wait(100);
  }
}
