import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { openApi } from "../../tools/demo/api.ts";
import { choosePort } from "../../tools/port.ts";
import { PROJECT_DIR } from "../../tools/project.ts";
import { System } from "../chaos/system.ts";

const REQUESTS = 1_000;
const CADENCE = { name: "One", publish: true, steps: [{ kind: "wait", delayDays: 1 }] };
const Item = z.object({ id: z.string() });
const Cadence = z.object({ cadence: Item });
/** Of an enrollment or a cadence that was made. */
const Made = z
  .union([z.object({ enrollment: Item }), z.object({ cadence: Item })])
  .transform((made) => ("enrollment" in made ? made.enrollment : made.cadence));

let dataDir = "";
let system: System;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "drafthook-idempotent-"));
  system = new System({
    productDir: PROJECT_DIR,
    dataDir,
    logFile: join(dataDir, "log"),
    port: await choosePort(0),
    speed: 1,
    cronEverySeconds: 0,
  });
  await system.start();
});

afterEach(async () => {
  system.kill();
  await system.gone();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

/** What one request was told: 0 when a kill cut it off. */
interface Told {
  readonly status: number;
  readonly id: string | null;
}

/** One POST, with a key or without. */
async function post(path: string, body: object, key: string | null): Promise<Told> {
  const answer = await fetch(`${system.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${system.liveKey}`,
      "content-type": "application/json",
      ...(key === null ? {} : { "idempotency-key": key }),
    },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer === null) return { status: 0, id: null };
  const said = Made.safeParse(await answer.json().catch(() => null));
  return { status: answer.status, id: said.success ? said.data.id : null };
}

/** A thousand at once under one key, with a kill in the middle of them once the first has its answer. */
async function aThousand(path: string, body: object): Promise<readonly Told[]> {
  const first = post(path, body, "once");
  const answered = Array.from({ length: REQUESTS / 2 - 1 }, () => post(path, body, "once"));
  const made = await first;
  system.kill();
  await system.gone();
  await system.start();
  for (let n = 0; n < REQUESTS / 2; n += 1) answered.push(post(path, body, "once"));
  return [made, ...(await Promise.all(answered))];
}

/** What one that was told of twice, or told otherwise the second time, would break. */
function expectOnce(answers: readonly Told[]): void {
  expect(new Set(answers.flatMap(({ id }) => id ?? [])).size).toBe(1);
  // 200 would be the answer to a second request: that the lead is there already.
  expect(answers.filter(({ status }) => status !== 0 && status !== 201 && status !== 409)).toEqual([]);
  expect(answers.filter(({ id }) => id !== null).length).toBeGreaterThan(REQUESTS / 4);
}

test("R10: a thousand requests at once under one key enroll one lead, also when the system is killed among them", async () => {
  const api = openApi(system.url, system.liveKey);
  const { cadence } = await api.post("/v1/cadences", CADENCE, Cadence);
  const path = `/v1/cadences/${cadence.id}/enrollments`;
  const lead = { leadExternalId: "lead-1", leadEmail: "jane@example.com" };
  expectOnce(await aThousand(path, lead));
  expect(await api.all("/v1/enrollments", Item, 100)).toHaveLength(1);
  expect((await post(path, { ...lead, leadName: "Somebody else" }, "once")).status).toBe(422);
  // The control: a lead is enrolled once anyway, so what the key is for shows in the answer alone.
  expect((await post(path, lead, null)).status).toBe(200);
});

test("R10: a thousand requests at once under one key make one cadence, of which there may be any number; without a key each makes one", async () => {
  const api = openApi(system.url, system.liveKey);
  expectOnce(await aThousand("/v1/cadences", CADENCE));
  expect(await api.all("/v1/cadences", Item, 100)).toHaveLength(1);
  const told = await Promise.all(Array.from({ length: 20 }, () => post("/v1/cadences", CADENCE, null)));
  expect(new Set(told.map(({ id }) => id)).size).toBe(20);
  expect(await api.all("/v1/cadences", Item, 100)).toHaveLength(21);
});
