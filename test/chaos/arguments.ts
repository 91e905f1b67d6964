import { parseArgs } from "node:util";
import { PlainError } from "../../tools/plain-error.ts";
import { isMutant, MUTANTS, type MutantName } from "./mutants/mutants.ts";
import type { Amount } from "./plan.ts";
import type { OnAmbiguous, ProviderName } from "./set-up.ts";

const HELP = `npm run chaos -- [options]     the built system under SIGKILL, with every far side outside of it

  --enrollments N      leads; 1000
  --steps N            e-mail steps of each; 3
  --kills N            SIGKILLs, at random moments and at named points; 200
  --reloads N          beside the kills, ends in good order and starts with another build; 0
  --seed N             of all chance; 1
  --provider NAME      smtp, or idempotent (a provider that knows its keys); smtp
  --on-ambiguous WHAT  assume_sent, hold or resend_after; assume_sent
  --mutant NAME        break the product on purpose: ${Object.keys(MUTANTS).join(", ")}
  --keep               leave data, the system's own log and the evidence in a temporary folder
  --no-build           run the build that lies in dist/worker as it is
  --help               print this

The last line is one line of JSON; the exit status is 0 when every promise held.`;

export interface Arguments {
  readonly amount: Amount;
  readonly seed: number;
  readonly provider: ProviderName;
  readonly onAmbiguous: OnAmbiguous;
  readonly mutant: MutantName | null;
  readonly isToKeep: boolean;
  readonly isToBuild: boolean;
}

/** Reads the command line; null after printing the help. Throws PlainError for what it doesn't know. */
export function readArguments(args: string[]): Arguments | null {
  const values = parse(args);
  if (values.help) {
    console.log(HELP);
    return null;
  }
  return {
    amount: {
      enrollments: wholeNumber("--enrollments", values.enrollments, 1, 10_000),
      steps: wholeNumber("--steps", values.steps, 1, 20),
      kills: wholeNumber("--kills", values.kills, 0, 2_000),
      reloads: wholeNumber("--reloads", values.reloads, 0, 2_000),
    },
    seed: wholeNumber("--seed", values.seed, 0, 2 ** 31),
    provider: oneOf("--provider", values.provider, ["smtp", "idempotent"]),
    onAmbiguous: oneOf("--on-ambiguous", values["on-ambiguous"], ["assume_sent", "hold", "resend_after"]),
    mutant: mutantOf(values.mutant),
    isToKeep: values.keep,
    isToBuild: !values["no-build"],
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        enrollments: { type: "string", default: "1000" },
        steps: { type: "string", default: "3" },
        kills: { type: "string", default: "200" },
        reloads: { type: "string", default: "0" },
        seed: { type: "string", default: "1" },
        provider: { type: "string", default: "smtp" },
        "on-ambiguous": { type: "string", default: "assume_sent" },
        mutant: { type: "string" },
        keep: { type: "boolean", default: false },
        "no-build": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error} See: npm run chaos -- --help`);
  }
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new PlainError(`${option} takes a whole number from ${min} to ${max}, not "${text}".`);
}

function oneOf<Choice extends string>(option: string, text: string, choices: readonly Choice[]): Choice {
  const chosen = choices.find((choice) => choice === text);
  if (chosen !== undefined) return chosen;
  throw new PlainError(`${option} takes one of ${choices.join(", ")}, not "${text}".`);
}

function mutantOf(text: string | undefined): MutantName | null {
  if (text === undefined || isMutant(text)) return text ?? null;
  throw new PlainError(`--mutant takes one of ${Object.keys(MUTANTS).join(", ")}, not "${text}".`);
}
