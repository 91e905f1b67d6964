import { parseArgs } from "node:util";
import { deploy } from "./deploy/stages.ts";
import { PlainError, runProgram } from "./plain-error.ts";

const HELP = `npm run deploy -- [options]     makes or updates everything on Cloudflare, after "npx wrangler login" or with CLOUDFLARE_API_TOKEN

  --dry-run        say each stage and run every check that needs no account; change nothing
  --no-pages       leave out Cloudflare Pages: the Worker's own assets serve the dashboard
  --secrets FILE   take the Worker's secrets from FILE (NAME=value lines), as when it is made anew for a database that is there
  --help           print this

It can be run again at any time: what is there stays, what is new is added, the code is replaced.`;

await runProgram(async () => {
  const { values } = read(process.argv.slice(2));
  if (values.help) return console.log(HELP);
  await deploy({
    isDry: values["dry-run"],
    hasPages: !values["no-pages"],
    secretsFile: values.secrets ?? null,
    say: (line) => console.log(line),
  });
});

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        "dry-run": { type: "boolean", default: false },
        "no-pages": { type: "boolean", default: false },
        secrets: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error} See: npm run deploy -- --help`);
  }
}
