import { parseArgs } from "node:util";
import { PlainError } from "../plain-error.ts";
import { isSabotage, SABOTAGES, type Sabotage } from "./sabotage.ts";

const HELP = `npm run demo -- [options]     25 leads, four steps, a real endpoint and a real mail server; under a minute, offline

  --linkedin         LinkedIn and mail in one cadence instead: 8 leads, a stand-in for Unipile, hooks that are late or lost
  --keep             leave the system running afterwards, to look around
  --sabotage WHAT    break something on purpose, so that the checks fail: ${SABOTAGES.join(", ")}
  --help             print this`;

export interface Arguments {
  readonly isLinkedin: boolean;
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
  if (values.linkedin && sabotage !== undefined)
    throw new PlainError("--sabotage is for the demonstration without --linkedin.");
  return { isLinkedin: values.linkedin, isToKeep: values.keep, sabotage: sabotage ?? null };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        linkedin: { type: "boolean", default: false },
        keep: { type: "boolean", default: false },
        sabotage: { type: "string" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error} See: npm run demo -- --help`);
  }
}
