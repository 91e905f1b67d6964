import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { ensureBuilt } from "./ensure-built.ts";
import { startLocal } from "./local.ts";
import { PlainError, runProgram } from "./plain-error.ts";
import { PROJECT_DIR } from "./project.ts";
import {
  changeStatement,
  KINDS,
  type QuotaChange,
  readQuota,
  readTenantId,
  showStatement,
} from "./quota/statements.ts";
import { readJson, wrangler } from "./wrangler.ts";

const HELP = `npm run quota -- --tenant TENANT [options]     shows what a plan allows in a month, or changes it

  --drafts N        drafts that a month may have, or "none"
  --messages N      messages, the same
  --enrollments N   enrollments, the same
  --data DIR        the data folder of an installation on this machine, which must not run; .drafthook
  --remote          the deployed Worker's database instead, by wrangler
  --help            print this

Whoever waits for a quota looks again within five minutes.`;

const Shown = z.object({
  name: z.string(),
  drafts: z.number().nullable(),
  messages: z.number().nullable(),
  enrollments: z.number().nullable(),
  month: z.string().nullable(),
  draftsUsed: z.number().nullable(),
  messagesUsed: z.number().nullable(),
  enrollmentsUsed: z.number().nullable(),
});

await runProgram(async () => {
  const args = readArguments(process.argv.slice(2));
  if (args.help) return console.log(HELP);
  const tenantId = readTenantId(args.tenant);
  const change: QuotaChange = Object.fromEntries(
    KINDS.flatMap((kind) => (args[kind] === undefined ? [] : [[kind, readQuota(kind, args[kind])]])),
  );
  const statements = [
    ...(Object.keys(change).length === 0 ? [] : [changeStatement(tenantId, change)]),
    showStatement(tenantId),
  ];
  const [row] = args.remote ? await onCloudflare(statements) : await onThisMachine(args.data, statements);
  if (row === undefined) throw new PlainError(`There is no tenant ${tenantId} here.`);
  const shown = Shown.parse(row);
  console.log(`${tenantId} (${shown.name})`);
  for (const kind of KINDS)
    console.log(
      `  ${kind.padEnd(12)} ${shown[kind] ?? "no quota"}${shown.month === null ? "" : `, ${shown[`${kind}Used`] ?? 0} used in ${shown.month}`}`,
    );
});

/** The rows of the last of the statements. */
async function onThisMachine(data: string | undefined, statements: readonly string[]): Promise<readonly unknown[]> {
  ensureBuilt();
  const dataDir = data === undefined ? resolve(PROJECT_DIR, ".drafthook") : resolve(data);
  const installation = await startLocal({ dataDir, port: 0, cronEverySeconds: 0 });
  try {
    let rows: readonly unknown[] = [];
    for (const statement of statements) rows = (await installation.database.prepare(statement).all()).results;
    return rows;
  } finally {
    await installation.stop();
  }
}

async function onCloudflare(statements: readonly string[]): Promise<readonly unknown[]> {
  const printed = readJson(
    await wrangler(["d1", "execute", "DB", "--remote", "--json", "--command", statements.join("; ")]),
  );
  return (
    z
      .array(z.object({ results: z.array(z.unknown()) }))
      .parse(printed)
      .at(-1)?.results ?? []
  );
}

function readArguments(args: string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args,
      options: {
        tenant: text,
        drafts: text,
        messages: text,
        enrollments: text,
        data: text,
        remote: { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new PlainError(
      `${error instanceof Error ? error.message : error}; npm run quota -- --help says what there is.`,
    );
  }
}
