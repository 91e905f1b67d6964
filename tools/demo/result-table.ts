import type { Evidence } from "./evidence.ts";
import type { Lead } from "./leads.ts";
import { ENDINGS, partOf } from "./plot.ts";

/** What happened to whom, as the system says it and the mail server saw it; the name comes last, whatever its width. */
export function resultTable(evidence: Evidence): string {
  const rows = [HEAD, ...evidence.leads.map((lead) => rowOf(lead, evidence))];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  "),
    )
    .join("\n");
}

const HEAD: readonly string[] = [
  "lead",
  "step 1",
  "step 2",
  "step 3",
  "step 4",
  "mails",
  "state",
  "reply",
  "what was special",
  "name",
];
const STEPS = 4;

function rowOf({ externalId, name, email }: Lead, { enrollments, conversations, far }: Evidence): readonly string[] {
  const one = enrollments.get(externalId);
  const steps = Array.from(
    { length: STEPS },
    (_, step) =>
      one?.outcomes.find((outcome) => outcome.step === step)?.outcome ??
      (one?.state === "active" && one.currentStep === step ? "waits" : "–"),
  );
  const mails = far.mails.filter(({ to }) => to[0]?.email === email).length;
  const state = one?.exitReason == null ? (one?.state ?? "missing") : `${one.state}: ${one.exitReason}`;
  const reply = conversations.get(externalId)?.find(({ direction }) => direction === "in")?.subject ?? "";
  return [
    externalId,
    ...steps,
    String(mails),
    state,
    reply === "" ? "" : one?.replyCount === 0 ? "automatic" : "a person",
    ENDINGS[partOf(externalId)].inWords,
    name,
  ];
}
