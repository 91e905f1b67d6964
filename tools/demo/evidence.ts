import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { Enrollment, EnrollmentSummary, Message } from "../../core/contract/enrollment.ts";
import { LogEntry, LogEntryWithBodies } from "../../core/contract/log.ts";
import type { Local } from "../local.ts";
import { type Api, openApi } from "./api.ts";
import type { Probe, Report } from "./far-side/report.ts";
import type { FarSide } from "./far-side-process.ts";
import { inBatches } from "./in-batches.ts";
import type { Lead } from "./leads.ts";
import type { SetUp } from "./set-up.ts";

/** What both sides say about what happened: the far side on its own account, the system through its API. */
export interface Evidence {
  readonly leads: readonly Lead[];
  readonly setUp: SetUp;
  readonly far: Report;
  readonly probes: readonly Probe[];
  /** By the lead's external id. */
  readonly enrollments: ReadonlyMap<string, z.infer<typeof Enrollment>>;
  /** As the list shows them. */
  readonly summaries: readonly EnrollmentSummary[];
  readonly conversations: ReadonlyMap<string, readonly Message[]>;
  /** All pages of the delivery log, each line with its bytes. */
  readonly log: readonly z.infer<typeof LogEntryWithBodies>[];
  readonly testKey: TestKeyView;
}

/** What the test key is shown of what the live key made. */
export interface TestKeyView {
  readonly rows: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
}

/** Small, so that the log has several pages. */
const LOG_PAGE = 50;
const LOG_LATE_MS = 8_000;

/** Asks everybody once all is quiet. `ids` are the enrollments by the leads' external ids. */
export async function gather(
  local: Local,
  farSide: FarSide,
  setUp: SetUp,
  leads: readonly Lead[],
  ids: ReadonlyMap<string, string>,
): Promise<Evidence> {
  const api = openApi(local.url, local.liveKey);
  const far = await farSide.report();
  const log = await wholeLog(api, far.requests.length);
  const probes = await farSide.probe();
  const { drafterLines } = await farSide.report();
  const each = await inBatches([...ids], async ([externalId, id]) => ({
    externalId,
    enrollment: await api.get(`/v1/enrollments/${id}`, Enrollment),
    messages: await api.all(`/v1/enrollments/${id}/messages`, Message, 200),
  }));
  return {
    ...{ leads, setUp, probes, log },
    far: { ...far, drafterLines },
    enrollments: new Map(each.map(({ externalId, enrollment }) => [externalId, enrollment])),
    conversations: new Map(each.map(({ externalId, messages }) => [externalId, messages])),
    summaries: await api.all(`/v1/enrollments?cadenceId=${setUp.cadenceId}`, EnrollmentSummary, 10),
    testKey: await lookWithTestKey(openApi(local.url, local.key), setUp, [...ids.values()][0] ?? "", log[0]?.id ?? ""),
  };
}

/** The log is written behind the engine, in batches of at most two seconds. */
async function wholeLog(api: Api, expected: number): Promise<Evidence["log"]> {
  const until = Date.now() + LOG_LATE_MS;
  let rows = await api.all("/v1/log", LogEntry, LOG_PAGE);
  while (rows.length < expected && Date.now() < until) {
    await wait(250);
    rows = await api.all("/v1/log", LogEntry, LOG_PAGE);
  }
  return inBatches(rows, ({ id }) => api.get(`/v1/log/${id}`, LogEntryWithBodies));
}

async function lookWithTestKey(
  api: Api,
  { cadenceId, mailboxId }: SetUp,
  enrollmentId: string,
  logId: string,
): Promise<TestKeyView> {
  const lists = ["/v1/cadences", "/v1/enrollments", "/v1/log", "/v1/inbound", "/v1/sandbox/messages"];
  const ones = [
    `/v1/cadences/${cadenceId}`,
    `/v1/mailboxes/${mailboxId}`,
    `/v1/enrollments/${enrollmentId}`,
    `/v1/enrollments/${enrollmentId}/messages`,
    `/v1/log/${logId}`,
  ];
  const rows = await inBatches(lists, async (path) => [path, (await api.all(path, Anything, 200)).length] as const);
  const statuses = await inBatches(ones, async (path) => [path, await api.status(path)] as const);
  return { rows: Object.fromEntries(rows), statuses: Object.fromEntries(statuses) };
}

const Anything = z.unknown();
