import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { PlainError } from "../plain-error.ts";
import { PROJECT_DIR } from "../project.ts";
import type { Installation } from "./rotate.ts";

const LOOK_EVERY_MS = 15_000;

const Secrets = z.array(z.object({ name: z.string() }));

const Rows = z.tuple([
  z.object({
    results: z.array(
      z.object({
        version: z.number(),
        endpointsUpTo: z.number(),
        mailboxesUpTo: z.number(),
        unreadable: z.number(),
        doneAt: z.number().nullable(),
      }),
    ),
  }),
]);

const PROGRESS =
  "SELECT version, endpoints_up_to AS endpointsUpTo, mailboxes_up_to AS mailboxesUpTo, unreadable, done_at AS doneAt FROM key_versions";

/** The deployed Worker of wrangler.toml, by wrangler, with whatever account that is signed in to. */
export function onCloudflare(lookEveryMs = LOOK_EVERY_MS): Installation {
  return {
    versions: async () => {
      const listed = Secrets.parse(readJson(await wrangler(["secret", "list", "--format", "json"])));
      return listed.flatMap(({ name }) => {
        const [, version] = /^KEK_V([1-9]\d{0,3})$/.exec(name) ?? [];
        return version === undefined ? [] : [Number(version)];
      });
    },
    add: async (version) => {
      // By stdin: what is on a command line is in the list of processes.
      await wrangler(["secret", "put", `KEK_V${version}`], randomBytes(32).toString("base64"));
    },
    remove: async (version) => {
      await wrangler(["secret", "delete", `KEK_V${version}`]);
    },
    progress: async () => {
      const [{ results }] = Rows.parse(
        readJson(await wrangler(["d1", "execute", "DB", "--remote", "--json", "--command", PROGRESS])),
      );
      return results;
    },
    wait: () => sleep(lookEveryMs),
  };
}

/** What a command of wrangler prints. Throws PlainError, with wrangler's own words, when it fails. */
function wrangler(args: readonly string[], input = ""): Promise<string> {
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

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PlainError(`wrangler was expected to print JSON and printed: ${text.slice(0, 200)}`);
  }
}
