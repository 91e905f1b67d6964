import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { appendFile, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { PortableEnd, PortableHead } from "../../core/contract/portable.ts";
import { PlainError } from "../plain-error.ts";
import { readPortableArguments } from "./arguments.ts";
import { type Caller, callerOf } from "./caller.ts";

const TRIES = 3;

/** How far a file has come that isn't whole yet; lies beside it. */
const Progress = z.object({ cursor: z.string(), bytes: z.int(), counts: z.record(z.string(), z.int()) });
type Progress = z.infer<typeof Progress>;

/** `drafthook export`: page after page into one file. Called again after a cut it goes on where it stood. */
export async function exportCommand(args: readonly string[]): Promise<void> {
  const { url, key, file, isMove, reads, settleSeconds } = readPortableArguments("export", args);
  if (existsSync(file)) throw new PlainError(`drafthook export: ${file} is there already; name another file`);
  const caller = callerOf(url, key);
  const [part, notes] = [`${file}.part`, `${file}.part.json`];
  let at = await readProgress(part, notes);
  if (isMove && at === null) await freeze(caller, settleSeconds);
  for (;;) {
    const page = await readPage(caller, at?.cursor ?? null, reads);
    if (isMove && !page.head.isFrozen)
      throw new PlainError("drafthook export: somebody has switched the tenant on again; a move needs it off");
    const text = at === null ? `${JSON.stringify(page.head)}\n${page.lines}` : page.lines;
    if (at === null) await writeFile(part, "", { mode: 0o600 });
    await appendFile(part, text);
    const counts = added(at?.counts ?? {}, page.end.counts);
    const bytes = (at?.bytes ?? 0) + Buffer.byteLength(text);
    console.error(`${Object.values(counts).reduce((sum, n) => sum + n, 0)} lines, ${Math.round(bytes / 1024)} KiB`);
    if (page.end.nextCursor === null) return finish(file, part, notes, counts);
    at = { cursor: page.end.nextCursor, bytes, counts };
    await writeFile(`${notes}.new`, JSON.stringify(at), { mode: 0o600 });
    await rename(`${notes}.new`, notes);
  }
}

/** From here on the source sends nothing, so that the other installation may. Leases of attempts last 45 s. */
async function freeze(caller: Caller, seconds: number): Promise<void> {
  await caller.ask("PATCH", "/v1/tenant", { enabled: false });
  console.error(`The tenant is switched off here; waiting ${seconds} s for what is under way.`);
  await wait(seconds * 1_000);
}

async function readPage(caller: Caller, cursor: string | null, reads: number) {
  const query = `reads=${reads}${cursor === null ? "" : `&cursor=${cursor}`}`;
  for (let tried = 1; ; tried += 1) {
    const page = checkPage(await caller.ask("GET", `/v1/tenant/export?${query}`));
    if (page !== null) return page;
    if (tried === TRIES)
      throw new PlainError("drafthook export: pages come cut off; try again, perhaps with fewer --reads");
  }
}

/** Null for a page that was cut off, or isn't what its end says. */
function checkPage(text: string): { head: PortableHead; lines: string; end: PortableEnd } | null {
  const [first, last] = [text.indexOf("\n") + 1, text.lastIndexOf("\n", text.length - 2) + 1];
  if (!text.endsWith("\n") || first === 0 || last < first) return null;
  const end = PortableEnd.safeParse(JSON.parse(text.slice(last)));
  const sha256 = createHash("sha256").update(text.slice(0, last)).digest("hex");
  if (!end.success || end.data.sha256 !== sha256) return null;
  return { head: PortableHead.parse(JSON.parse(text.slice(0, first))), lines: text.slice(first, last), end: end.data };
}

/** What was written after the last note is written again. */
async function readProgress(part: string, notes: string): Promise<Progress | null> {
  if (!existsSync(part) || !existsSync(notes)) return null;
  const progress = Progress.parse(JSON.parse(await readFile(notes, "utf8")));
  await truncate(part, progress.bytes);
  console.error(`Going on with ${part}.`);
  return progress;
}

async function finish(file: string, part: string, notes: string, counts: Progress["counts"]): Promise<void> {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(part)) hash.update(bytes);
  const end: PortableEnd = { kind: "end", counts, sha256: hash.digest("hex"), nextCursor: null };
  await appendFile(part, `${JSON.stringify(end)}\n`);
  await rename(part, file);
  await rm(notes, { force: true });
  console.log(
    `${file}: ${Object.entries(counts)
      .map(([name, n]) => `${n} ${name.replace("row ", "")}`)
      .join(", ")}`,
  );
}

function added(left: Progress["counts"], right: Progress["counts"]): Progress["counts"] {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return Object.fromEntries(names.map((name) => [name, (left[name] ?? 0) + (right[name] ?? 0)]));
}
