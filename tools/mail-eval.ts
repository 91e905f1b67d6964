import { parseArgs } from "node:util";
import { type Judged, judgeAll } from "./mail/evaluate.ts";
import { type Figure, figuresOf } from "./mail/figures.ts";
import { readManifest } from "./mail/manifest.ts";
import { PlainError, runProgram } from "./plain-error.ts";
import { inProject } from "./project.ts";

/** Where the labelled mails lie that the project is developed against; they are no part of it. */
const MAILS = inProject("..", "shared", "mail-devset");
/** Of the columns, in characters. */
const WIDTHS = [34, 6, 10, 10];

/** Judges the mails of a folder with a manifest.jsonl and prints how often we were right: `npm run mail:eval -- [DIR] [--misses]`. */
await runProgram(async () => {
  const { values, positionals } = parseArgs({
    options: { misses: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const folder = positionals[0] ?? MAILS;
  const labelled = readManifest(folder);
  if (labelled === null)
    throw new PlainError(
      `There is no manifest.jsonl in ${folder}; name a folder of labelled mails with: npm run mail:eval -- DIR`,
    );
  // The first mails pay for the compiler; the Worker has long paid when a mail comes.
  await judgeAll(folder, labelled);
  const judged = await judgeAll(folder, labelled);
  const figures = figuresOf(judged);
  console.log(`${labelled.length} mails\n`);
  console.log(row(["what", "n", "ours", "goal"]));
  for (const figure of figures) console.log(row(cells(figure)));
  console.log(`\n${times(judged)}`);
  if (values.misses) for (const line of figures.flatMap(missLines)) console.log(line);
});

function row(texts: readonly string[]): string {
  return texts
    .map((text, index) => (index === 0 ? text.padEnd(WIDTHS[0] ?? 0) : text.padStart(WIDTHS[index] ?? 0)))
    .join("");
}

function cells({ what, count, share, goal }: Figure): string[] {
  const mark = share !== null && goal !== null && share < goal ? " !" : "  ";
  return [what, String(count), `${percent(share)}${mark}`, percent(goal)];
}

function percent(value: number | null): string {
  return value === null ? "-" : `${(value * 100).toFixed(1)} %`;
}

function times(judged: readonly Judged[]): string {
  const sorted = judged.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(2);
  return `ms a mail: p50 ${at(0.5)}, p95 ${at(0.95)} (goal 3), max ${at(1)}`;
}

function missLines({ what, misses }: Figure): string[] {
  return misses.length === 0 ? [] : [`\n${what.trim()}:`, ...misses.map((miss) => `  ${miss}`)];
}
