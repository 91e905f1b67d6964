import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ATTEMPT_TIMEOUT_MS } from "../../core/contract/limits.ts";
import type { LogEntry } from "../../core/contract/log.ts";
import {
  type ArrivedMail,
  type Evidence,
  hungEnrollments,
  isDraft,
  kindOf,
  logFaults,
  missingMails,
  wrongMails,
} from "./endpoint-chaos/judge.ts";
import { type Kind, leadsOf } from "./endpoint-chaos/kind.ts";
import { KINDS } from "./endpoint-chaos/kinds.ts";
import { peakRise } from "./endpoint-chaos/memory.ts";
import { openStage, type Stage, until } from "./endpoint-chaos/stage.ts";
import { resultTable } from "./endpoint-chaos/table.ts";

/**
 * The 36 leads of two kinds get answers of 100 and 200 MiB at once. This is far more than 36 times the 256 KiB that may be
 * held of each, because a process breathes: it shows that no answer is held whole. The 256 KiB are shown where they are
 * counted, in test/adapters/webhook/read-response.test.ts.
 */
const RISE_MIB_MAX = 160;

let stage: Stage;
let evidence: Evidence;
let riseMib = Number.NaN;

beforeAll(async () => {
  stage = await openStage(KINDS);
  const [warmUp, large, quick, slow] = [isWarmUp, is("large"), is("quick"), is("slow")].map((belongs) =>
    KINDS.filter(belongs),
  );
  await run(warmUp, 15_000);
  // Early, in a young process: what a busy one holds would hide what an answer adds.
  riseMib = await peakRise(stage.workerdPid, () => run(large, 15_000));
  await run(quick, 15_000);
  // Last, and then nobody asks anything: their answers come just before and after the end of an attempt.
  await run(slow, 5_000);
  await wait(ATTEMPT_TIMEOUT_MS + 1_500);
  evidence = await until(stage.gather, isAllTold, 30_000);
  console.log(
    `${resultTable(evidence, KINDS, stage.kindOfCadence)}\nworkerd held ${riseMib} MiB more for the large ones`,
  );
}, 240_000);

afterAll(async () => {
  await stage.stop();
});

/** As many leads as the large ones have, and answers of a few bytes. */
function isWarmUp({ name }: Kind): boolean {
  return ["well", "well_at_the_second_try", "html", "status_404"].includes(name);
}

function is(wave: Kind["wave"]): (kind: Kind) => boolean {
  return (kind) => kind.wave === wave && !isWarmUp(kind);
}

async function run(kinds: readonly Kind[] = [], patienceMs = 0): Promise<void> {
  await stage.enroll(kinds);
  await stage.asked(kinds, patienceMs);
}

/** The log comes by a queue, and an attempt that hangs is told of at its end. */
function isAllTold(found: Evidence): boolean {
  return faultsOf(found).length === 0 && tooFew(found).length === 0;
}

function attempts({ lines }: Evidence, kind: string): number {
  return lines.filter((line) => isDraft(line) && kindOfLine(line) === kind).length;
}

/** The kinds that were not met by as many attempts as they must. */
function tooFew(found: Evidence): string[] {
  return KINDS.filter(({ name, attemptsMin }) => attempts(found, name) < attemptsMin).map(({ name }) => name);
}

function kindOfLine({ cadenceId }: { readonly cadenceId: string | null }): string | undefined {
  return stage.kindOfCadence.get(cadenceId ?? "");
}

function faultsOf(found: Evidence): string[] {
  return logFaults(found, KINDS, kindOfLine);
}

describe("whatever an endpoint answers", () => {
  test("each kind was met by as many attempts as it must, and there are enough kinds", () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(20);
    expect(tooFew(evidence)).toEqual([]);
  });

  test("no mail goes out but with right words, once", () => {
    expect(wrongMails(evidence)).toEqual([]);
    expect(missingMails(evidence, KINDS)).toEqual([]);
  });

  test("no enrollment hangs: it is through, or held with its reason, or waits for a time", () => {
    expect(evidence.enrollments).toHaveLength(KINDS.reduce((sum, kind) => sum + leadsOf(kind), 0));
    expect(hungEnrollments(evidence, KINDS)).toEqual([]);
  });

  test("each attempt that came is in the log, once, with its code and its reason", () => {
    expect(evidence.seen.length).toBeGreaterThan(20 * 50);
    expect(faultsOf(evidence)).toEqual([]);
  });

  test("nobody goes where a redirect points", () => {
    expect(stage.farSide.trips()).toBe(0);
  });

  test("an answer in the last two seconds of its 30 s counts", () => {
    const got = evidence.mails.filter(({ to }) => kindOf(to) === "in_the_last_two_seconds");
    // Not each: the machine may be busier than that.
    expect(got.length).toBeGreaterThan(10);
  });

  test(`no answer is held whole: a hundred of 100 and 200 MiB cost less than ${RISE_MIB_MAX} MiB together`, () => {
    expect(riseMib).toBeLessThan(RISE_MIB_MAX);
  });
});

describe("the judge would have seen it", () => {
  test("a mail with other words, a second mail, and a mail to whom nobody answered for", () => {
    const [mail] = evidence.mails;
    if (mail === undefined) throw new Error("no mail arrived");
    const planted = (added: ArrivedMail) => wrongMails({ ...evidence, mails: [...evidence.mails, added] });
    expect(planted(mail)).toHaveLength(1);
    expect(planted({ to: "status_500-1@lead.example", text: "POISON" })).toHaveLength(1);
    const mails = evidence.mails.map((each) => (each === mail ? { ...mail, text: "POISON" } : each));
    expect(wrongMails({ ...evidence, mails })).toHaveLength(1);
    expect(missingMails({ ...evidence, mails: evidence.mails.slice(1) }, KINDS)).toHaveLength(1);
  });

  test("an attempt that isn't logged, one that is logged twice, and one without its code", () => {
    const [line] = evidence.lines.filter(isDraft);
    if (line === undefined) throw new Error("nothing was logged");
    const others = evidence.lines.filter((each) => each !== line);
    const added = (lines: readonly LogEntry[]) => faultsOf({ ...evidence, lines }).length - faultsOf(evidence).length;
    expect(added(others)).toBe(1);
    expect(added([...evidence.lines, line])).toBe(1);
    expect(added([...others, { ...line, outcome: null }])).toBe(1);
  });

  test("an enrollment that waits for nothing, and one that was due long ago", () => {
    const waits = evidence.enrollments.find(({ state }) => state === "active");
    if (waits === undefined) throw new Error("nobody waits");
    const asIf = (nextDueAt: string | null) =>
      hungEnrollments({ ...evidence, enrollments: [{ ...waits, nextDueAt }] }, KINDS);
    expect(asIf(waits.nextDueAt)).toEqual([]);
    expect(asIf(null)).toHaveLength(1);
    expect(asIf(new Date(evidence.readAt - 60_000).toISOString())).toHaveLength(1);
  });

  test("one answer of 200 MiB that is held for a moment", async () => {
    const rise = await peakRise(process.pid, async () => void Buffer.alloc(200 * 1024 * 1024, 1).at(-1));
    expect(rise).toBeGreaterThan(RISE_MIB_MAX);
  });
});
