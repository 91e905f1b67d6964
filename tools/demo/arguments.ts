import { parseArgs } from "node:util";
import { PlainError } from "../plain-error.ts";
import { isSabotage, SABOTAGES, type Sabotage } from "./sabotage.ts";

const HELP = `npm run demo -- [options]     25 leads, four steps, a real endpoint and a real mail server; under a minute, offline

  --keep             leave the system running afterwards, to look around
  --sabotage WHAT    break something on purpose, so that the checks fail: ${SABOTAGES.join(", ")}
  --help             print this`;

export interface Arguments {
  readonly isToKeep: boolean;
  readonly sabotage: Sabotage | null;
}

/** Reads the command line; null after printing the help. Throws PlainError for what it doesn't know. */
export function readArguments(args: string[]): Arguments | null {
  const values = parse(args);
  if (values.help) {
    console.log(HELP);
    return null;
  }
  const { sabotage } = values;
  if (sabotage !== undefined && !isSabotage(sabotage))
    throw new PlainError(`--sabotage takes one of ${SABOTAGES.join(", ")}, not "${sabotage}".`);
  return { isToKeep: values.keep, sabotage: sabotage ?? null };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        keep: { type: "boolean", default: false },
        sabotage: { type: "string" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error} See: npm run demo -- --help`);
  }
}
