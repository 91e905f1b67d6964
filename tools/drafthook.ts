import { verifyCommand } from "./evidence/verify-command.ts";
import { inspectCommand } from "./mail/inspect-command.ts";
import { PlainError, runProgram } from "./plain-error.ts";
import { exportCommand } from "./portable/export-command.ts";
import { importCommand } from "./portable/import-command.ts";

const HELP = `drafthook mail inspect FILE… [--json]     tell what mails are: bounces, automatic replies, wishes to unsubscribe, people

  FILE      a mail as it crossed the wire (.eml); - reads the names of files from stdin, one a line
  --json    one JSON object a line and file, in the order given

drafthook evidence verify FILE… [--key KEYS] [--json]     check evidence of sent messages, offline

  FILE      as it was downloaded from GET /v1/messages/{id}/evidence
  --key     the installation's keys, as kept from /.well-known/drafthook-evidence.json; without it a signature shows only
            that the file is as its signer made it, whoever that was
  --json    one JSON object a line and file

drafthook export --url URL --out FILE [--move]     take a whole tenant out, into one file; called again, it goes on after a cut
drafthook import --url URL FILE [--move]           take it in elsewhere; the same file again changes nothing

  --key KEY      a live key, or DRAFTHOOK_KEY; export needs data:read, import data:write, --move also tenant:write
  --move         enrollments go on there: the tenant is switched off here first, and stays so. Without it nothing goes on
  --settle N     with export --move: seconds to wait for what is under way; 60
  --reads N      export: subrequests a page may take, 10 to 900; 40
  --help         print this`;

/** The command of the clone: `npx drafthook …` (started by tools/drafthook.js, which finds a Node that can read this). */
await runProgram(async () => {
  const args = process.argv.slice(2);
  if (args.length === 0 || args.includes("--help")) return console.log(HELP);
  const [topic, verb, ...rest] = args;
  if (topic === "evidence" && verb === "verify") return verifyCommand(rest);
  if (topic === "export") return exportCommand(args.slice(1));
  if (topic === "import") return importCommand(args.slice(1));
  if (topic !== "mail" || verb !== "inspect")
    throw new PlainError(`There is no "drafthook ${args.slice(0, 2).join(" ")}"; drafthook --help says what there is.`);
  await inspectCommand(rest);
});
