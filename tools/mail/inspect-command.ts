import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { PlainError } from "../plain-error.ts";
import { type Inspection, inspectFile } from "./inspect.ts";

/** Files that are read at a time; what comes out stays in order. */
const AT_A_TIME = 8;

/**
 * `drafthook mail inspect FILE… [--json]`: a line for each file on stdout, in the order given, as soon as it is known. A
 * file that can't be read is a line on stderr, and the exit status is 1 at the end. Throws PlainError without any file.
 */
export async function inspectCommand(args: readonly string[]): Promise<void> {
  const { files, asJson } = readArguments(args);
  // Who reads only the first lines (head) has all that he wants.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  for await (const outcome of inOrder(files)) {
    if (outcome.failure !== null) {
      process.exitCode = 1;
      console.error(`drafthook: ${outcome.file}: ${outcome.failure}`);
    } else {
      await write(asJson ? JSON.stringify(outcome.inspection) : describe(outcome.inspection));
    }
  }
}

function readArguments(args: readonly string[]): { files: AsyncIterable<string>; asJson: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    if (positionals.length === 0) throw new Error("name at least one file, or - to read names from stdin");
    return { files: named(positionals), asJson: values.json };
  } catch (error) {
    throw new PlainError(`drafthook mail inspect: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function* named(positionals: readonly string[]): AsyncGenerator<string> {
  for (const name of positionals) {
    if (name !== "-") yield name;
    else for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== "") yield line;
  }
}

type Outcome =
  | { readonly file: string; readonly failure: null; readonly inspection: Inspection }
  | { readonly file: string; readonly failure: string };

async function* inOrder(files: AsyncIterable<string>): AsyncGenerator<Outcome> {
  const running: Promise<Outcome>[] = [];
  for await (const file of files) {
    running.push(outcomeOf(file));
    const first = running.length >= AT_A_TIME ? running.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const outcome of running) yield await outcome;
}

async function outcomeOf(file: string): Promise<Outcome> {
  try {
    return { file, failure: null, inspection: await inspectFile(file) };
  } catch (error) {
    return { file, failure: plainReason(error) };
  }
}

function plainReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "that is a folder; name the files in it";
  if (code === "EACCES") return "it may not be read by this user";
  return error instanceof Error ? error.message : String(error);
}

async function write(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await new Promise((resolve) => process.stdout.once("drain", resolve));
}

function describe({ file, kind, subtype, confidence, bounce, absence, from, subject }: Inspection): string {
  const about =
    bounce === null
      ? [absence?.returnsOn == null ? null : `back ${absence.returnsOn}`, absence?.successor?.email ?? null]
      : [bounce.class, bounce.reason, bounce.status, bounce.recipients.join(" ")];
  const said = [kind, subtype, ...about].filter((word) => word !== null && word !== "");
  return `${file}: ${said.join(" ")} (${confidence}) from ${from ?? "nobody"}: ${subject}`;
}
