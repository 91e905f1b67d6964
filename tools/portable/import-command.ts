import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { Imported } from "../../core/contract/import.ts";
import { countedAs, PortableEnd, PortableHead, PortableLine } from "../../core/contract/portable.ts";
import { PlainError } from "../plain-error.ts";
import { readPortableArguments } from "./arguments.ts";
import { type Caller, callerOf } from "./caller.ts";

/** Below what the API takes at once, so that a part of a body and what stands before it fit. */
const CHUNK_CHARACTERS = 3 * 1024 * 1024;
const CHUNK_LINES = 1_000;

/** `drafthook import`: checks a whole file, then sends it in its order. Sent twice, it changes nothing more. */
export async function importCommand(args: readonly string[]): Promise<void> {
  const { url, key, file, isMove } = readPortableArguments("import", args);
  if (!existsSync(file)) throw new PlainError(`drafthook import: there is no file ${file}`);
  const { head, lines: total } = await checkFile(file);
  const caller = callerOf(url, key);
  if (isMove) await caller.ask("PATCH", "/v1/tenant", { enabled: false });
  const sum = { written: {} as Counts, known: {} as Counts };
  let sent = 0;
  for await (const chunk of chunksOf(file)) {
    const imported = await send(caller, head, isMove, chunk, sent + 2);
    sent += chunk.length;
    addTo(sum.written, imported.written);
    addTo(sum.known, imported.known);
    for (const note of imported.notes) console.error(note);
    for (const { endpointId, secret } of imported.newSecrets ?? [])
      console.log(`The secret of endpoint ${endpointId} is here: ${secret}`);
    console.error(`${sent} of ${total} lines`);
  }
  console.log(`written: ${words(sum.written)}; here already, or not to go on: ${words(sum.known)}`);
  if (isMove)
    console.log(
      "The tenant is switched off here. Set the secrets, then switch it on: PATCH /v1/tenant, enabled: true. Never switch it on in both.",
    );
}

type Counts = Record<string, number>;

async function send(
  caller: Caller,
  head: PortableHead,
  move: boolean,
  lines: readonly PortableLine[],
  firstLine: number,
): Promise<Imported> {
  try {
    return Imported.parse(JSON.parse(await caller.ask("POST", "/v1/tenant/import", { head, move, lines })));
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    // The API counts the lines of one request from 0; a person counts those of the file.
    const said = error.message.replace(/\/lines\/(\d+)/g, (_, n: string) => `line ${Number(n) + firstLine}, `);
    throw new PlainError(`drafthook import: ${said}`);
  }
}

/** Throws PlainError where the file was cut off, changed, or isn't an export. Nothing is sent before. */
async function checkFile(file: string): Promise<{ readonly head: PortableHead; readonly lines: number }> {
  const hash = createHash("sha256");
  const counts: Counts = {};
  let head: PortableHead | null = null;
  let end: PortableEnd | null = null;
  let n = 0;
  for await (const text of linesOf(file)) {
    n += 1;
    if (end !== null) throw new PlainError(`drafthook import: ${file} goes on after its end, at line ${n}`);
    const value = readJson(text, file, n);
    if (n === 1) {
      const parsed = PortableHead.safeParse(value);
      if (!parsed.success)
        throw new PlainError(`drafthook import: ${file} doesn't begin like an export of this version`);
      head = parsed.data;
    } else {
      const line = PortableLine.safeParse(value);
      if (line.success) counts[countedAs(line.data)] = (counts[countedAs(line.data)] ?? 0) + 1;
      else end = PortableEnd.safeParse(value).data ?? null;
      if (!line.success && end === null)
        throw new PlainError(
          `drafthook import: line ${n} of ${file} is none of an export: ${line.error.issues[0]?.message}`,
        );
    }
    if (end === null) hash.update(`${text}\n`);
  }
  if (head === null || end === null)
    throw new PlainError(`drafthook import: ${file} was cut off: its last line is missing`);
  if (hash.digest("hex") !== end.sha256 || words(counts) !== words(end.counts))
    throw new PlainError(`drafthook import: ${file} is not as it was written: its hash or its counts are others`);
  return { head, lines: n - 2 };
}

/** The lines between the first and the last, as many at once as go into a request. */
async function* chunksOf(file: string): AsyncGenerator<readonly PortableLine[], void> {
  let [chunk, characters, n]: [PortableLine[], number, number] = [[], 0, 0];
  for await (const text of linesOf(file)) {
    n += 1;
    const line = n === 1 ? null : PortableLine.safeParse(JSON.parse(text));
    if (line?.success !== true) continue;
    if (chunk.length > 0 && (chunk.length === CHUNK_LINES || characters + text.length > CHUNK_CHARACTERS)) {
      yield chunk;
      [chunk, characters] = [[], 0];
    }
    chunk.push(line.data);
    characters += text.length;
  }
  if (chunk.length > 0) yield chunk;
}

function linesOf(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
}

function readJson(text: string, file: string, n: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PlainError(`drafthook import: line ${n} of ${file} can't be read; it was cut off or changed`);
  }
}

function addTo(sum: Counts, more: Readonly<Counts>): void {
  for (const [name, n] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + n;
}

function words(counts: Readonly<Counts>): string {
  const parts = Object.entries(counts).filter(([, n]) => n > 0);
  return parts.length === 0
    ? "nothing"
    : parts
        .map(([name, n]) => `${n} ${name.replace("row ", "")}`)
        .sort()
        .join(", ");
}
