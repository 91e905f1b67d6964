import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { EvidenceKeys } from "../../core/contract/evidence.ts";
import { PlainError } from "../plain-error.ts";
import { type Verdict, verifyEvidence } from "./verify.ts";

/**
 * `drafthook evidence verify FILE… [--key KEYS] [--json]`: a line for each check on stdout, and one that says what came of the
 * file. The exit status is 1 when any file failed. Throws PlainError for what can't be read.
 */
export async function verifyCommand(args: readonly string[]): Promise<void> {
  const { files, keyFile, asJson } = readArguments(args);
  const keys = keyFile === null ? null : readKeys(keyFile, await text(keyFile));
  for (const file of files) {
    // Bytes that are no UTF-8 would else be read as U+FFFD, and the file as one that says so.
    const verdict = verifyEvidence(await text(file), keys);
    const isSound = verdict.checks.every((check) => check.verdict !== "failed");
    if (!isSound) process.exitCode = 1;
    if (asJson) console.log(JSON.stringify({ file, verified: isSound, checks: verdict.checks }));
    else print(file, verdict, isSound);
  }
}

function print(file: string, { checks, evidence }: Verdict, isSound: boolean): void {
  for (const { name, verdict, detail } of checks) console.log(`${verdict.padEnd(6)} ${name}: ${detail}`);
  const signed = evidence?.signature == null ? "unsigned" : "signed";
  console.log(`${file}: ${isSound ? `VERIFIED (${signed})` : "NOT VERIFIED"}`);
}

function readArguments(args: readonly string[]): { files: readonly string[]; keyFile: string | null; asJson: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { key: { type: "string" }, json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    if (positionals.length === 0) throw new Error("name at least one file");
    return { files: positionals, keyFile: values.key ?? null, asJson: values.json };
  } catch (error) {
    throw new PlainError(`drafthook evidence verify: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readKeys(file: string, content: string): EvidenceKeys["keys"] {
  try {
    return EvidenceKeys.parse(JSON.parse(content)).keys;
  } catch {
    throw new PlainError(
      `drafthook evidence verify: ${file} is no set of keys, as /.well-known/drafthook-evidence.json is.`,
    );
  }
}

async function text(file: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    const why =
      code === "ENOENT"
        ? "there is no such file"
        : code === "ERR_ENCODING_INVALID_ENCODED_DATA"
          ? "it is no UTF-8"
          : String(error);
    throw new PlainError(`drafthook evidence verify: ${file}: ${why}.`);
  }
}
