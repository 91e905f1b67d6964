import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** What the account holds, and everything that wrangler was asked, in order. */
const Account = z.object({
  databases: z.array(z.object({ uuid: z.string(), name: z.string() })),
  used: z.boolean(),
  buckets: z.array(z.string()),
  queues: z.array(z.string()),
  /** Null: there is no Worker. */
  secrets: z.record(z.string(), z.string()).nullable(),
  projects: z.array(z.string()),
  uploads: z.number(),
  calls: z.array(z.array(z.string())),
  /** The command that is refused, by its beginning, and what is said then. */
  refuse: z.tuple([z.string(), z.string()]).nullable(),
  /** Whether what is refused of a deployment is its queues and crons, which come after the upload. */
  refusesLate: z.boolean(),
});
type Account = z.infer<typeof Account>;

const EMPTY: Account = {
  databases: [],
  used: false,
  buckets: [],
  queues: [],
  secrets: null,
  projects: [],
  uploads: 0,
  calls: [],
  refuse: null,
  refusesLate: false,
};

/**
 * A program named `wrangler` in `folder`, to be put first on the path: it keeps an account in a file, and answers the commands of a
 * deployment in wrangler's words.
 */
export function cloudflareDouble(folder: string, account: Partial<Account> = {}) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "account.json");
  const write = (state: Account) => writeFileSync(file, JSON.stringify(state));
  const read = () => Account.parse(JSON.parse(readFileSync(file, "utf8")));
  write({ ...EMPTY, ...account });
  writeFileSync(join(folder, "wrangler"), `#!${process.execPath}\nconst FILE = ${JSON.stringify(file)};\n${PROGRAM}`);
  chmodSync(join(folder, "wrangler"), 0o755);
  return { read, change: (change: Partial<Account>) => write({ ...read(), ...change }) };
}

const PROGRAM = `
const fs = require("node:fs");
const state = JSON.parse(fs.readFileSync(FILE, "utf8"));
const args = process.argv.slice(2);
const asked = args.join(" ");
state.calls.push(args);
const fail = (words) => { console.error("✘ [ERROR] " + words); keep(); process.exit(1); };
const keep = () => fs.writeFileSync(FILE, JSON.stringify(state));
const take = (list, name, words) => { if (list.includes(name)) fail(words); list.push(name); };
const isRefused = state.refuse !== null && asked.startsWith(state.refuse[0]);
if (isRefused && !state.refusesLate) fail(state.refuse[1]);
if (asked === "whoami") console.log("👋 You are logged in with an OAuth Token, associated with the email jane@example.com.\\n");
else if (asked === "d1 list --json") console.log(JSON.stringify(state.databases));
else if (asked.startsWith("d1 create")) state.databases.push({ uuid: "11111111-2222-3333-4444-555555555555", name: args[2] });
else if (asked.startsWith("d1 execute")) {
  if (state.secrets === null && !state.used) fail("no such table: tenants: SQLITE_ERROR");
  console.log(JSON.stringify([{ results: [{ used: state.used ? 1 : 0 }], success: true }]));
} else if (asked.startsWith("r2 bucket create")) take(state.buckets, args[3], "The bucket you tried to create already exists, and you own it. [code: 10004]");
else if (asked.startsWith("queues create")) take(state.queues, args[2], "Queue name '" + args[2] + "' is already taken. Please use a different name and try again. [code: 11009]");
else if (asked.startsWith("secret list")) {
  if (state.secrets === null) fail('Worker "' + args[3] + '" not found.\\n\\nIf this is a new Worker, run \`wrangler deploy\` first to create it.');
  console.log(JSON.stringify(Object.keys(state.secrets).map((name) => ({ name, type: "secret_text" }))));
} else if (args[0] === "deploy") {
  const at = args.indexOf("--secrets-file");
  state.secrets = { ...state.secrets, ...(at < 0 ? {} : JSON.parse(fs.readFileSync(args[at + 1], "utf8"))) };
} else if (asked.startsWith("pages project create")) take(state.projects, args[3], "A project with this name already exists. Choose a different project name. [code: 8000002]");
else if (asked.startsWith("pages deploy")) state.uploads++;
else if (!asked.startsWith("d1 migrations apply")) fail("unknown command: " + asked);
if (isRefused) fail(state.refuse[1]);
keep();
`;
