import { parseArgs } from "node:util";
import { PlainError } from "../plain-error.ts";

/** Where an installation is, who asks, and with which file. */
export interface PortableArguments {
  readonly url: string;
  readonly key: string;
  readonly file: string;
  readonly isMove: boolean;
  readonly reads: number;
  /** How long a move waits for what is under way in the source. */
  readonly settleSeconds: number;
}

/** Reads what follows `drafthook export` or `drafthook import`. Throws PlainError with what to change. */
export function readPortableArguments(verb: "export" | "import", args: readonly string[]): PortableArguments {
  const { values, positionals } = parse(verb, args);
  const file = verb === "export" ? values.out : positionals[0];
  const key = values.key ?? process.env["DRAFTHOOK_KEY"];
  if (values.url === undefined || !URL.canParse(values.url))
    throw new PlainError(`drafthook ${verb}: say where the installation is: --url https://…`);
  if (key === undefined || !key.startsWith("dh_live_"))
    throw new PlainError(`drafthook ${verb}: give a live key: --key dh_live_…, or in DRAFTHOOK_KEY`);
  if (file === undefined || (verb === "export" && positionals.length > 0) || positionals.length > 1)
    throw new PlainError(`drafthook ${verb}: name one file${verb === "export" ? ": --out FILE" : ""}`);
  const reads = Number(values.reads);
  if (!(Number.isInteger(reads) && reads >= 10 && reads <= 900))
    throw new PlainError(`drafthook ${verb}: --reads takes a whole number from 10 to 900, not "${values.reads}"`);
  const settleSeconds = Number(values.settle);
  if (!(Number.isInteger(settleSeconds) && settleSeconds >= 0 && settleSeconds <= 3_600))
    throw new PlainError(`drafthook ${verb}: --settle takes seconds from 0 to 3600, not "${values.settle}"`);
  return { url: values.url, key, file, isMove: values.move, reads, settleSeconds };
}

function parse(verb: string, args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { type: "string" },
        key: { type: "string" },
        out: { type: "string" },
        reads: { type: "string", default: "40" },
        settle: { type: "string", default: "60" },
        move: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new PlainError(`drafthook ${verb}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
