import type { LogLine, LogMessage } from "../adapters/d1/log-message.ts";
import { bodyKeyOf, storeExchange, withoutBodies } from "../adapters/r2/bodies.ts";
import type { CadenceVersion } from "../core/cadence.ts";
import type { Enrollment } from "../core/enrollment.ts";
import { indexRow } from "../core/index-row.ts";
import type { OutboxLine } from "./enrollment-store.ts";

/** A queue message holds 128 KB; we stay well below, reckoned in UTF-8 bytes of its JSON. */
const MESSAGE_BYTES_MAX = 96 * 1024;

/** The messages for the log queue: usually one. A body too large to travel goes to R2 first, and only its key travels. */
export async function logMessages(
  bodies: R2Bucket,
  state: Enrollment,
  cadence: CadenceVersion,
  outbox: readonly OutboxLine[],
  now: number,
): Promise<LogMessage[]> {
  const head = {
    tenantId: state.tenantId,
    mode: state.mode,
    enrollmentId: state.id,
    mailboxId: state.mailboxId,
    cadenceId: cadence.id,
    version: cadence.version,
    index: indexRow(state, now),
  };
  const room = MESSAGE_BYTES_MAX - sizeOf(head) - 1024;
  const messages: { -readonly [Key in keyof LogMessage]: LogMessage[Key] }[] = [{ ...head, lines: [] }];
  let size = 0;
  for (const line of outbox) {
    const travelling = sizeOf(line) > room ? await lightened(bodies, state, line) : line;
    const bytes = sizeOf(travelling);
    if (size > 0 && size + bytes > room) {
      messages.push({ ...head, lines: [] });
      size = 0;
    }
    const last = messages.at(-1);
    if (last !== undefined) last.lines = [...last.lines, travelling];
    size += bytes;
  }
  return messages;
}

async function lightened(bodies: R2Bucket, state: Enrollment, line: OutboxLine): Promise<LogLine> {
  const { n, entry, link } = line;
  if (entry.kind === "exchange") {
    const stored = await storeExchange(bodies, bodyKeyOf(state.tenantId, state.id, n), entry.exchange);
    const light = { n, entry: { ...entry, exchange: withoutBodies(entry.exchange) }, stored };
    return link === undefined ? light : { ...light, link };
  }
  const wholeKey = `${state.tenantId}/${state.id}/line-${String(n).padStart(6, "0")}.json`;
  await bodies.put(wholeKey, JSON.stringify(line));
  const { at, step } = entry;
  const stub = { kind: "note", at, step, code: "travels_by_key", subjectId: null, by: "engine", detail: {} } as const;
  return { n, entry: stub, wholeKey };
}

function sizeOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).byteLength;
}
