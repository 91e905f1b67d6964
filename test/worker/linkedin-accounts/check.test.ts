import { afterEach, expect, test, vi } from "vitest";
import { api, seedTenant } from "../../support/worker.ts";
import { AT_UNIPILE, madeAccount, UNIPILE } from "./given.ts";

afterEach(() => vi.restoreAllMocks());

const asked: Request[] = [];

/** Answers Unipile's two pages about an account. */
function unipileSays(status: string) {
  asked.length = 0;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init);
    asked.push(request);
    if (new URL(request.url).pathname.startsWith("/api/v1/accounts/"))
      return Response.json({ object: "Account", name: "Jane", sources: [{ id: "1", status }] });
    return Response.json({ object: "AccountOwnerProfile", provider_id: "ACo1", first_name: "Jane", last_name: "Doe" });
  });
}

async function checked(says: () => void) {
  const ask = api((await seedTenant()).liveKey);
  const { id } = await madeAccount(ask, AT_UNIPILE);
  says();
  const answer = await ask.post(`/v1/linkedin-accounts/${id}/check`);
  vi.restoreAllMocks();
  return { answer, after: (await ask.get(`/v1/linkedin-accounts/${id}`)).body };
}

test("an account that is well is said to be, with its owner; it is asked with the key that lies sealed", async () => {
  const { answer, after } = await checked(() => unipileSays("OK"));
  expect(answer).toMatchObject({ status: 200, body: { verdict: "ok", owner: "Jane Doe", detail: null } });
  expect(after).toMatchObject({ state: "ok", stateAt: expect.any(String), enabled: true });
  expect(answer.body.account).toEqual(after);
  expect(asked[0]?.url).toBe(`https://api8.unipile.com:13851/api/v1/accounts/${UNIPILE.accountId}`);
  expect(asked[0]?.headers.get("x-api-key")).toBe(UNIPILE.apiKey);
  expect(JSON.stringify(answer.body)).not.toContain(UNIPILE.apiKey);
});

test("one that wants its owner to log in is switched off, with the reason", async () => {
  const { answer, after } = await checked(() => unipileSays("CREDENTIALS"));
  expect(answer.body).toMatchObject({
    verdict: "disconnected",
    owner: null,
    detail: expect.stringContaining("CREDENTIALS"),
  });
  expect(after).toMatchObject({ state: "disconnected", enabled: false, pausedReason: answer.body.detail });
});

test("where nobody answers nothing changes", async () => {
  const { answer, after } = await checked(() =>
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("down", { status: 503 })),
  );
  expect(answer).toMatchObject({ status: 200, body: { verdict: "no_answer", detail: expect.any(String) } });
  expect(after).toMatchObject({ state: "unknown", stateAt: null, enabled: true });
});

test("a person who acts isn't asked", async () => {
  const ask = api((await seedTenant()).key);
  const { id } = await madeAccount(ask);
  expect((await ask.post(`/v1/linkedin-accounts/${id}/check`)).body.code).toBe("conflict");
});
