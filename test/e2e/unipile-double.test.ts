import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { unipileProvider } from "../../adapters/linkedin/unipile.ts";
import { readUnipileNews } from "../../adapters/linkedin/unipile-news.ts";
import { startUnipileDouble, type UnipileDouble } from "../support/unipile-double.ts";

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

const heard: Heard[] = [];
/** What the customer's side answers next; 200 after the last. */
const statuses: number[] = [];
let receiver: Server;
let double: UnipileDouble;

beforeEach(async () => {
  heard.splice(0);
  statuses.splice(0);
  receiver = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    heard.push({ headers: request.headers, body: JSON.parse(text) });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  double = await startUnipileDouble({ hookRetryMs: 1 });
  const { port } = receiver.address() as AddressInfo;
  for (const source of ["messaging", "users", "account_status"])
    await callApi("webhooks", {
      source,
      request_url: `http://127.0.0.1:${port}/hooks`,
      headers: [{ key: "x-hook-secret", value: "s3cret" }],
    });
});

afterEach(async () => {
  await double.close();
  await new Promise<void>((resolve) => receiver.close(() => resolve()));
});

function callApi(path: string, body: object): Promise<Response> {
  return fetch(`${double.apiUrl}/${path}`, {
    method: "POST",
    headers: { "x-api-key": double.apiKey, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function control(verb: string, body: object = {}): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${double.port}/_double/${verb}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return response.json();
}

/** What our reader makes of the hooks that came, in their order. */
const news = () => heard.map(({ body }) => readUnipileNews(body, double.world.order.accountId));

describe("the double of Unipile tells what happens", () => {
  test("with the header that the hook was registered with, and no content type of its own", async () => {
    await control("reply", { who: "jane-doe", text: "Hello" });
    await double.hooks.settle();
    expect(heard[0]?.headers).toMatchObject({ "x-hook-secret": "s3cret" });
    expect(heard[0]?.headers).not.toHaveProperty("content-type");
    expect(news()).toMatchObject([
      { kind: "message", message: { text: "Hello", isOwn: false, senderName: "Jane Doe" } },
    ]);
  });

  test("the account's own messages too, sent by the API and by hand", async () => {
    await control("accept", { who: "jane-doe", tells: "never" });
    const provider = unipileProvider({
      apiUrl: double.apiUrl,
      apiKey: double.apiKey,
      accountId: double.world.order.accountId,
    });
    const profileId = double.world.find("jane-doe")?.profileId ?? "";
    const sent = await provider.send(provider.compose({ act: "message", profileId, chatId: null, text: "Hi" }, 0));
    expect(sent).toMatchObject({ kind: "accepted", providerMessageId: expect.stringMatching(/^msg_/) });
    await control("write-by-hand", { who: "jane-doe", text: "Sorry, again" });
    await double.hooks.settle();
    expect(news()).toMatchObject([{ message: { isOwn: true } }, { message: { isOwn: true } }]);
    expect(double.takenMessages()).toMatchObject([{ text: "Hi", profileId }]);
  });

  test("an acceptance hours later, and the note that became a message at once", async () => {
    const profileId = double.world.find("jane-doe")?.profileId ?? "";
    const { accountId } = double.world.order;
    await callApi("users/invite", { provider_id: profileId, account_id: accountId, message: "Hello Jane" });
    await control("accept", { who: "jane-doe" });
    await double.hooks.settle();
    expect(news()).toMatchObject([{ kind: "message", message: { text: "Hello Jane", isOwn: true } }]);
    await control("tell-relations");
    await double.hooks.settle();
    expect(news()[1]).toEqual({ kind: "connected", profileId, publicId: "jane-doe" });
  });

  test("held hooks turned round, repeated ones twice, lost ones never", async () => {
    await control("hold");
    await control("reply", { who: "jane-doe", text: "one" });
    await control("reply", { who: "jane-doe", text: "two" });
    expect(heard).toEqual([]);
    await control("flush", { order: "reversed" });
    expect(news()).toMatchObject([{ message: { text: "two" } }, { message: { text: "one" } }]);
    await control("drop");
    await control("reply", { who: "jane-doe", text: "lost" });
    await control("repeat", { count: 2 });
    await control("reply", { who: "jane-doe", text: "three" });
    await double.hooks.settle();
    expect(news().slice(2)).toMatchObject([{ message: { text: "three" } }, { message: { text: "three" } }]);
  });

  test("again until it hears 200, and five times at most", async () => {
    statuses.push(503, 202);
    await control("reply", { who: "jane-doe", text: "one" });
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    await double.hooks.settle();
    expect(double.record().hooks.map(({ status }) => status)).toEqual([503, 202, 200]);
    statuses.push(500, 500, 500, 500, 500, 500, 500);
    await control("reply", { who: "jane-doe", text: "two" });
    await double.hooks.settle();
    expect(heard).toHaveLength(9);
  });

  test("that the account is lost and back, and nothing of a restriction", async () => {
    for (const state of ["disconnected", "restricted", "ok"]) await control("account", { state });
    await double.hooks.settle();
    expect(news()).toMatchObject([{ kind: "account" }, { kind: "account_ok" }]);
  });
});

describe("the double of Unipile refuses as LinkedIn does", () => {
  const invite = async () => {
    const profileId = double.world.find("jane-doe")?.profileId ?? "";
    const { accountId } = double.world.order;
    const response = await callApi("users/invite", { provider_id: profileId, account_id: accountId });
    return [response.status, await response.json()];
  };

  test("a second invitation to the same person", async () => {
    expect(await invite()).toMatchObject([201, { object: "UserInvitationSent" }]);
    expect(await invite()).toMatchObject([422, { type: "errors/already_invited_recently", status: 422 }]);
    expect(double.takenInvitations()).toHaveLength(1);
  });

  test("unless doubles are to be counted", async () => {
    await double.close();
    double = await startUnipileDouble({ allowsRepeats: true });
    await invite();
    await invite();
    expect(double.takenInvitations()).toHaveLength(2);
  });

  test("another key, and another account", async () => {
    const asked = (headers: Record<string, string>, path: string) =>
      fetch(`${double.apiUrl}/${path}`, { headers }).then(({ status }) => status);
    expect(await asked({}, "accounts/acc_double")).toBe(401);
    expect(await asked({ "x-api-key": "wrong" }, "accounts/acc_double")).toBe(401);
    expect(await asked({ "x-api-key": double.apiKey }, "accounts/acc_other")).toBe(404);
    expect(await asked({ "x-api-key": double.apiKey }, "users/relations?account_id=acc_other")).toBe(404);
    expect(await asked({ "x-api-key": double.apiKey }, "messages?account_id=acc_double&after=yesterday")).toBe(400);
  });

  test("a message that isn't multipart", async () => {
    const { accountId } = double.world.order;
    expect((await callApi("chats", { account_id: accountId, text: "Hi", attendees_ids: ["x"] })).status).toBe(400);
  });

  test("an order that it doesn't know", async () => {
    for (const [verb, body] of [
      ["fly", {}],
      ["accept", { whom: "jane-doe" }],
    ]) {
      const response = await fetch(`http://127.0.0.1:${double.port}/_double/${verb}`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(400);
    }
  });
});
