import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CadenceCreated } from "../../../core/contract/cadence.ts";
import { Enrolled, EnrollmentSummary } from "../../../core/contract/enrollment.ts";
import { LogEntry } from "../../../core/contract/log.ts";
import { Mailbox } from "../../../core/contract/mailbox.ts";
import { type Api, openApi } from "../../../tools/demo/api.ts";
import { MailServer } from "../../../tools/demo/far-side/mail-server.ts";
import { type Local, startLocal } from "../../../tools/local.ts";
import { type FarSide, startFarSide } from "./far-side.ts";
import type { Evidence } from "./judge.ts";
import type { Kind } from "./kind.ts";
import { sideBySide } from "./side-by-side.ts";

/** Requests to the API at a time. */
const AT_ONCE = 16;

/** Retries come this many times sooner. */
const SPEED = 20;

/** The system with endpoints that behave badly, and the recipients' mail server. */
export interface Stage {
  readonly farSide: FarSide;
  readonly workerdPid: number;
  /** The kind of each cadence that was made. */
  readonly kindOfCadence: ReadonlyMap<string, string>;
  /** Enrolls the leads of each kind, at its endpoints. */
  enroll(kinds: readonly Kind[]): Promise<void>;
  /** Waits until each of these was asked as often as it must, those apart where nobody listens. */
  asked(kinds: readonly Kind[], patienceMs: number): Promise<void>;
  /** Everything as it stands now. */
  gather(): Promise<Evidence>;
  stop(): Promise<void>;
}

/** Starts everything on free ports of this machine, with a data folder of its own. */
export async function openStage(kinds: readonly Kind[]): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), "drafthook-endpoint-chaos-"));
  const farSide = await startFarSide(kinds);
  const mailServer = new MailServer(null, new Map(), () => undefined);
  const smtpPort = await mailServer.listen();
  const local = await startLocal({ dataDir, port: 0, vars: { LOCAL_SPEED: String(SPEED) } });
  const api = openApi(local.url, local.liveKey);
  const smtp = { host: "127.0.0.1", port: smtpPort, security: "none" };
  await api.post("/v1/mailboxes", { provider: "smtp", email: "ada@sender.example", smtp }, Mailbox);
  const kindOfCadence = new Map<string, string>();
  return {
    farSide,
    kindOfCadence,
    workerdPid: Number(readFileSync(join(dataDir, "workerd.pid"), "utf8")),
    enroll: async (some) => {
      const cadences = await sideBySide(
        some.flatMap((kind) => Array.from({ length: kind.spread.endpoints }, (_, at) => ({ kind, at }))),
        AT_ONCE,
        ({ kind, at }) => makeCadence(api, farSide, kind, at),
      );
      for (const { id, kind } of cadences) kindOfCadence.set(id, kind.name);
      await sideBySide(
        cadences.flatMap(({ id, kind, at }) =>
          Array.from({ length: kind.spread.leads }, (_, lead) => ({
            id,
            lead: `${kind.name}-${at * kind.spread.leads + lead}`,
          })),
        ),
        AT_ONCE,
        async ({ id, lead }) => {
          const body = { leadExternalId: lead, leadEmail: `${lead}@lead.example` };
          await api.post(`/v1/cadences/${id}/enrollments`, body, Enrolled);
        },
      );
    },
    asked: async (some, patienceMs) => {
      const times = (name: string) =>
        farSide.seen.filter(({ kind, attempt }) => kind === name && attempt !== null).length;
      const isEnough = (kind: Kind) => kind.isRefused === true || times(kind.name) >= kind.attemptsMin;
      await until(
        () => some.every(isEnough),
        (enough) => enough,
        patienceMs,
      );
    },
    gather: () => gather(api, farSide, mailServer),
    stop: () => stop(local, farSide, mailServer, dataDir),
  };
}

async function makeCadence(api: Api, farSide: FarSide, kind: Kind, at: number) {
  const steps = [{ kind: "email", draftStrategy: "webhook", delaySeconds: 0 }];
  const base = kind.isRefused === true ? "http://127.0.0.1:1" : farSide.url;
  const webhookUrl = `${base}/${kind.name}/${at}`;
  const body = { name: kind.name, webhookUrl, businessHoursOnly: false, dailySendCap: 1_000, steps };
  const { cadence } = await api.post("/v1/cadences", body, CadenceCreated);
  return { id: cadence.id, kind, at };
}

async function gather(api: Api, farSide: FarSide, mailServer: MailServer): Promise<Evidence> {
  const seen = [...farSide.seen];
  const lines = await api.all("/v1/log", LogEntry, 200);
  const readAt = Date.now();
  const enrollments = await api.all("/v1/enrollments", EnrollmentSummary, 200);
  const mails = mailServer.seen.map(({ to, text }) => ({ to: to[0]?.email ?? "", text }));
  return { seen, rightWords: farSide.rightWords, mails, lines, enrollments, readAt };
}

/** Looks until it is so, and says at the end of its patience what was found last. */
export async function until<Found>(
  look: () => Found | Promise<Found>,
  isSo: (found: Found) => boolean,
  patienceMs: number,
): Promise<Found> {
  const startedAt = Date.now();
  for (;;) {
    const found = await look();
    if (isSo(found) || Date.now() - startedAt > patienceMs) return found;
    await wait(500);
  }
}

async function stop(local: Local, farSide: FarSide, mailServer: MailServer, dataDir: string): Promise<void> {
  farSide.close();
  mailServer.close();
  await local.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
