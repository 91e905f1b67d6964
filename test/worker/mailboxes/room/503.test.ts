import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keyFor } from "../../../support/cadences.ts";
import { enroll, makeWorld, setClock, type World } from "../../../support/enrollment.ts";
import { HOUR, MONDAY } from "../../../support/pace.ts";
import { projectAtOnce } from "../../../support/project-at-once.ts";
import { type ApiClient, api } from "../../../support/worker.ts";

let world: World;
let ask: ApiClient;
let enrollmentId: string;

beforeEach(async () => {
  setClock(MONDAY + 11 * HOUR);
  projectAtOnce();
  world = await makeWorld({ settings: { businessHoursOnly: true } });
  await env.DB.prepare("UPDATE mailboxes SET daily_send_cap = 2 WHERE id = ?").bind(world.mailboxId).run();
  ask = api(await keyFor(world.tenantId));
  enrollmentId = (await enroll(world)).id;
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const AWAY: readonly (readonly [name: string, getByName: () => never])[] = [
  ["can't be reached", () => fail("the object is away")],
  [
    "fails while it answers",
    () => new Proxy({}, { get: () => () => Promise.reject(new Error("its storage is broken")) }) as never,
  ],
];

function fail(why: string): never {
  throw new Error(why);
}

test.each(AWAY)(
  "who asks how a mailbox stands is told to come again, where its object %s",
  async (_name, getByName) => {
    vi.spyOn(env.MAILBOX_PACES, "getByName").mockImplementation(getByName);
    for (const path of [`/v1/mailboxes/${world.mailboxId}/room`, `/v1/cadences/${world.cadence.id}/forecast`]) {
      const { status, body, headers } = await ask.get(path);
      expect([path, status, body.code, headers.get("retry-after")]).toEqual([path, 503, "unreadable", "5"]);
    }
  },
);

test.each(AWAY)("why a step waits is said without it, where its object %s", async (_name, getByName) => {
  vi.spyOn(env.MAILBOX_PACES, "getByName").mockImplementation(getByName);
  const { status, body } = await ask.get(`/v1/enrollments/${enrollmentId}/decision`);
  expect([status, body.next.gatesNow.find(({ gate }: { gate: string }) => gate === "mailbox_pace")]).toMatchObject([
    200,
    { verdict: "wait", reason: "no_answer" },
  ]);
});
