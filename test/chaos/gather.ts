import { Enrollment } from "../../core/contract/enrollment.ts";
import { LogEntry } from "../../core/contract/log.ts";
import { type Api, openApi } from "../../tools/demo/api.ts";
import { inBatches } from "../../tools/demo/in-batches.ts";
import type { Account } from "./judge/evidence.ts";
import { readOwnLines } from "./own-lines.ts";
import type { System } from "./system.ts";

const PAGE = 200;

/** What the system says about every lead, by its API, and how much its objects have written of each. */
export async function gatherAccounts(
  system: System,
  dataDir: string,
  ids: ReadonlyMap<string, string>,
): Promise<Account[]> {
  const api = openApi(system.url, system.liveKey);
  const accounts = await inBatches([...ids], async ([lead, id]) => ({
    lead,
    id,
    enrollment: (await api.status(`/v1/enrollments/${id}`)) === 404 ? null : await readEnrollment(api, id),
    timeline: await api.all(`/v1/enrollments/${id}/timeline`, LogEntry, PAGE),
  }));
  const lines = readOwnLines(dataDir);
  return accounts.map(({ id, ...account }) => ({ ...account, linesWritten: lines.get(id) ?? null }));
}

/** How many exchanges all pages of the log hold. */
export async function countLogged(system: System): Promise<number> {
  return (await openApi(system.url, system.liveKey).all("/v1/log", LogEntry, PAGE)).length;
}

/** The leads whose enrollment still has something to do, and be it to tell somebody of its end. */
export async function stillGoing(system: System, ids: ReadonlyMap<string, string>): Promise<string[]> {
  const api = openApi(system.url, system.liveKey);
  const states = await inBatches([...ids], async ([lead, id]) => ({ lead, enrollment: await readEnrollment(api, id) }));
  return states
    .filter(({ enrollment: { state, nextDueAt } }) => state === "active" || state === "paused" || nextDueAt !== null)
    .map(({ lead }) => lead);
}

function readEnrollment(api: Api, id: string) {
  return api.get(`/v1/enrollments/${id}`, Enrollment);
}
