import {
  blankMessages,
  deleteLines,
  deleteOldMails,
  deleteOldSandboxMail,
  keepTurn,
  oldLines,
  oldMails,
  type RetentionTurn,
  retentionTurns,
} from "../adapters/d1/retention.ts";
import { deleteBodies, deleteOldBodies } from "../adapters/r2/delete-bodies.ts";

const DAY_MS = 24 * 3600_000;
/** Nobody's day is over more often. */
const TURN_EVERY_MS = 3600_000;
const TENANTS_AT_MOST = 10;
const PAGE = 500;
/** Of each kind, in one turn. Who has more is next again when all others had theirs. */
const PAGES_AT_MOST = 10;
/** Objects of R2 have no index by time, so the walk sees all of them: once a day. */
const WALK_EVERY_MS = DAY_MS;

/** What one turn took away, by kind; `isDone` false where there is more. */
export interface RetentionReport {
  readonly tenantId: string;
  readonly bodies: number;
  readonly logLines: number;
  readonly messages: number;
  readonly inboundMails: number;
  readonly sandboxMails: number;
  readonly isDone: boolean;
}

/** Deletes what tenants don't want to be kept any longer, a bounded part of it. One tenant's trouble keeps no other waiting. */
export async function applyRetention(env: Env, now: number): Promise<readonly RetentionReport[]> {
  const reports: RetentionReport[] = [];
  for (const turn of await retentionTurns(env.DB, now - TURN_EVERY_MS, TENANTS_AT_MOST))
    try {
      const report = await takeTurn(env, turn, now);
      console.log("retention", JSON.stringify(report));
      reports.push(report);
    } catch (error) {
      console.error(`retention of ${turn.tenantId} could not be applied; a later run tries again`, error);
      await keepTurn(env.DB, turn.tenantId, now, turn);
    }
  return reports;
}

async function takeTurn(env: Env, turn: RetentionTurn, now: number): Promise<RetentionReport> {
  const { tenantId } = turn;
  const cutoff = (days: number | null) => (days === null ? null : now - days * DAY_MS);
  const messagesBefore = cutoff(turn.messagesDays);
  const log = await inPages(cutoff(turn.logDays), (before) => pruneLog(env, tenantId, before));
  const messages = await inPages(messagesBefore, (before) => blankMessages(env.DB, tenantId, before, now, PAGE));
  const inbound = await inPages(messagesBefore, (before) => pruneMails(env, tenantId, before));
  const sandbox = await inPages(messagesBefore, (before) => deleteOldSandboxMail(env.DB, tenantId, before, PAGE));
  const walk = await walkBodies(env, turn, cutoff(turn.bodiesDays), now);
  const isDone = [log, messages, inbound, sandbox].every((part) => part.isDone) && walk.bodiesAfter === null;
  // Who isn't through is due again at once, behind all who were due before.
  await keepTurn(env.DB, tenantId, isDone ? now : now - TURN_EVERY_MS, walk);
  return {
    tenantId,
    bodies: walk.deleted,
    logLines: log.changed,
    messages: messages.changed,
    inboundMails: inbound.changed,
    sandboxMails: sandbox.changed,
    isDone,
  };
}

/** Page after page until one finds nothing, or enough is done for now. */
async function inPages(
  before: number | null,
  change: (before: number) => Promise<number>,
): Promise<{ readonly changed: number; readonly isDone: boolean }> {
  let changed = 0;
  if (before === null) return { changed, isDone: true };
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const now = await change(before);
    changed += now;
    if (now === 0) return { changed, isDone: true };
  }
  return { changed, isDone: false };
}

/** The bytes first: without its row nobody finds them by it. */
async function pruneLog(env: Env, tenantId: string, before: number): Promise<number> {
  const lines = await oldLines(env.DB, tenantId, before, PAGE);
  if (lines.length === 0) return 0;
  await deleteBodies(
    env.BODIES,
    lines.flatMap(({ bodyKey }) => bodyKey ?? []),
  );
  await deleteLines(
    env.DB,
    tenantId,
    lines.map(({ seq }) => seq),
  );
  return lines.length;
}

async function pruneMails(env: Env, tenantId: string, before: number): Promise<number> {
  const mails = await oldMails(env.DB, tenantId, before, PAGE);
  if (mails.length === 0) return 0;
  await deleteBodies(
    env.BODIES,
    mails.map(({ rawKey }) => rawKey),
  );
  await deleteOldMails(
    env.DB,
    tenantId,
    mails.map(({ id }) => id),
  );
  return mails.length;
}

async function walkBodies(
  env: Env,
  { tenantId, bodiesAfter, walkBeganAt }: RetentionTurn,
  before: number | null,
  now: number,
): Promise<Pick<RetentionTurn, "bodiesAfter" | "walkBeganAt"> & { readonly deleted: number }> {
  if (before === null) return { bodiesAfter: null, walkBeganAt, deleted: 0 };
  if (bodiesAfter === null && now - walkBeganAt < WALK_EVERY_MS) return { bodiesAfter, walkBeganAt, deleted: 0 };
  const began = bodiesAfter === null ? now : walkBeganAt;
  let [after, deleted] = [bodiesAfter, 0];
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const walked = await deleteOldBodies(env.BODIES, tenantId, after, before);
    deleted += walked.deleted;
    after = walked.after;
    if (after === null) break;
  }
  return { bodiesAfter: after, walkBeganAt: began, deleted };
}
