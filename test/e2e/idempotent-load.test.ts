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
const STEPS = [{ kind: "wait", delayDays: 1 }];
const Cadence = z.object({ cadence: z.object({ id: z.string() }) });
const Enrollment = z.object({ id: z.string() });

let dataDir = "";
let system: System;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "drafthook-idempotent-"));
});

afterEach(async () => {
  system.kill();
  await system.gone();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test("R10: a thousand requests at once under one key enroll one lead, also when the system is killed among them", async () => {
  system = new System({
    productDir: PROJECT_DIR,
    dataDir,
    logFile: join(dataDir, "log"),
    port: await choosePort(0),
    speed: 1,
    cronEverySeconds: 0,
  });
  await system.start();
  const api = openApi(system.url, system.liveKey);
  const { cadence } = await api.post("/v1/cadences", { name: "One", publish: true, steps: STEPS }, Cadence);
  const lead = { leadExternalId: "lead-1", leadEmail: "jane@example.com" };
  const enroll = async (body: object): Promise<{ status: number; id: string | null }> => {
    const answer = await fetch(`${system.url}/v1/cadences/${cadence.id}/enrollments`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${system.liveKey}`,
        "content-type": "application/json",
        "idempotency-key": "once",
      },
      body: JSON.stringify(body),
    }).catch(() => null);
    if (answer === null) return { status: 0, id: null };
    const said = z.object({ enrollment: Enrollment }).safeParse(await answer.json().catch(() => null));
    return { status: answer.status, id: said.success ? said.data.enrollment.id : null };
  };
  const answered: Promise<{ status: number; id: string | null }>[] = [];
  const first = enroll(lead);
  for (let n = 1; n < REQUESTS / 2; n += 1) answered.push(enroll(lead));
  const made = await first;
  system.kill();
  await system.gone();
  await system.start();
  for (let n = 0; n < REQUESTS / 2; n += 1) answered.push(enroll(lead));
  const answers = [made, ...(await Promise.all(answered))];

  const ids = new Set(answers.flatMap(({ id }) => id ?? []));
  expect(ids.size).toBe(1);
  expect(
    [...new Set(answers.map(({ status }) => status))].filter((status) => ![0, 200, 201, 409].includes(status)),
  ).toEqual([]);
  expect(answers.filter(({ id }) => id !== null).length).toBeGreaterThan(REQUESTS / 4);
  expect(await api.all("/v1/enrollments", Enrollment, 100)).toHaveLength(1);
  expect((await enroll({ ...lead, leadName: "Somebody else" })).status).toBe(422);
});
