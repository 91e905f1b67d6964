import { spawn } from "node:child_process";
import { PlainError } from "./plain-error.ts";
import { PROJECT_DIR } from "./project.ts";

/** What a command of wrangler prints. Throws PlainError, with wrangler's own words, when it fails. */
export function wrangler(args: readonly string[], input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("wrangler", args, { cwd: PROJECT_DIR, stdio: ["pipe", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
    child.on("error", (error) => reject(new PlainError(`wrangler can't be started: ${error.message}`)));
    child.on("close", (code) => {
      const printed = Buffer.concat(out).toString();
      if (code === 0) return resolve(printed);
      const words = `${Buffer.concat(complaints)}${printed}`.trim();
      reject(new PlainError(`"wrangler ${args.slice(0, 3).join(" ")}" failed: ${words}`));
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** What it printed with --json. Throws PlainError when that is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PlainError(`wrangler was expected to print JSON and printed: ${text.slice(0, 200)}`);
  }
}
