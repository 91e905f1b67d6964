import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./ensure-built.ts";
import { PlainError, runProgram } from "./plain-error.ts";
import { PROJECT_DIR } from "./project.ts";
import { onCloudflare } from "./rotate-keys/on-cloudflare.ts";
import { onThisMachine } from "./rotate-keys/on-this-machine.ts";
import { rotateKeys } from "./rotate-keys/rotate.ts";

const HELP = `npm run rotate-keys -- [options]     puts a new key in the place of the one that seals all secrets at rest

  --data DIR   the data folder of an installation on this machine, which must not run; .drafthook
  --remote     the deployed Worker instead, by wrangler; it runs on, and takes up to half an hour
  --help       print this

Broken off, it goes on where it was when it is started again.`;

await runProgram(async () => {
  const { data, remote, help } = readArguments(process.argv.slice(2));
  if (help) return console.log(HELP);
  const say = (line: string) => console.log(line);
  if (remote) {
    await rotateKeys(onCloudflare(), say);
    return console.log(
      'Say in wrangler.toml, under [secrets], which KEK_V… is required now: the next "wrangler deploy" asks for it.',
    );
  }
  ensureBuilt();
  const installation = onThisMachine(data === undefined ? resolve(PROJECT_DIR, ".drafthook") : resolve(data));
  try {
    await rotateKeys(installation, say);
  } finally {
    await installation.stop();
  }
});

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      options: { data: { type: "string" }, remote: { type: "boolean" }, help: { type: "boolean" } },
    }).values;
  } catch (error) {
    throw new PlainError(
      `${error instanceof Error ? error.message : error}; npm run rotate-keys -- --help says what there is.`,
    );
  }
}
