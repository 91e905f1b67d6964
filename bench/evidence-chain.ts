import type { Exchange, JournalEntry } from "../core/journal.ts";
import { sealLine } from "../durable-objects/seal-line.ts";

/*
 * What the chain costs: the time to hash one line of the log, in the turn that commits it.
 * node --import ./tools/node-version.js bench/evidence-chain.ts
 */

const RUNS = 2_000;

const NOTE: JournalEntry = {
  ...{ kind: "note", at: 1_763_720_000_000, step: 0, code: "released", subjectId: "drf_mzxw6ytboi2gk3tu_0_1" },
  ...{ by: "key_mzxw6ytboi2gk3tu", detail: {} },
};

function exchange(bodyCharacters: number): JournalEntry {
  const token = "ten_mzxw6ytboi2gk3tu.0123456789abcdef0123456789abcdef01234567";
  const url = `https://drafthook.example.com/v1/drafts/drf_mzxw6ytboi2gk3tu_0_1/completion?token=${token}`;
  const requestBody = JSON.stringify({ completionUrl: url, context: "x".repeat(bodyCharacters) });
  const about: Exchange = {
    ...{ endpointId: "end_a", url: "https://hooks.acme.example/x", startedAt: 1, requestBody, status: 200 },
    requestHeaders: { "content-type": "application/json", "webhook-signature": "v1,x", "webhook-id": "drf_a" },
    responseHeaders: { "content-type": "application/json", date: "Fri, 20 Nov 2026 10:00:30 GMT" },
    ...{ responseBody: JSON.stringify({ body: "y ".repeat(bodyCharacters / 2) }), responseEncoding: "utf-8" },
    ...{ responseBytes: bodyCharacters, responseSha256: "0".repeat(64), responseCut: false, firstByteMs: 1 },
    ...{ totalMs: 2, traceId: "0".repeat(32), outcome: "answered", reason: null },
  };
  return {
    ...{ kind: "exchange", at: 1, about: "draft", subjectId: "drf_a", eventType: "cadence.step.draft.requested" },
    ...{ step: 0, attempt: 1, exchange: about, outcome: "answered", reason: null, decision: "body" },
  };
}

const LINES: readonly (readonly [string, JournalEntry])[] = [
  ["a note", NOTE],
  ["an exchange of 1 KiB each way", exchange(1_024)],
  ["an exchange of 8 KiB each way", exchange(8 * 1_024)],
  ["an exchange of 64 KiB each way", exchange(64 * 1_024)],
];

for (const [name, line] of LINES) {
  const times: number[] = [];
  let before: string | null = null;
  for (let run = 0; run < RUNS; run += 1) {
    const since = performance.now();
    before = sealLine("enr_mzxw6ytboi2gk3tu", run + 1, before, line).chainSha256;
    times.push(performance.now() - since);
  }
  times.sort((left, right) => left - right);
  const at = (part: number) => `${((times[Math.floor(RUNS * part)] ?? 0) * 1_000).toFixed(0)} µs`;
  console.log(`${name}: p50 ${at(0.5)}, p99 ${at(0.99)}`);
}
