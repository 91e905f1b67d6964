import { ENDINGS } from "./cast.ts";
import type { PlayerEvidence } from "./evidence.ts";

const HEAD = [
  "lead",
  "connect",
  "message",
  "e-mail",
  "invited",
  "written",
  "mails",
  "state",
  "what was special",
  "name",
];
const STEPS = 3;

/** What happened to whom; the name comes last, whatever its width. */
export function linkedinTable(evidence: readonly PlayerEvidence[]): string {
  const rows = [HEAD, ...evidence.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  "),
    )
    .join("\n");
}

function rowOf({ player, enrollment, outcomes, invitations, messages, mails }: PlayerEvidence): readonly string[] {
  const { state, exitReason, currentStep, waitingFor } = enrollment;
  const steps = Array.from(
    { length: STEPS },
    (_, step) => outcomes[step]?.split(":")[0] ?? (state === "active" && step === currentStep ? "waits" : "–"),
  );
  const why = exitReason ?? waitingFor?.reason ?? null;
  return [
    ...[player.externalId, ...steps, String(invitations.length), String(messages.length), String(mails)],
    ...[why === null ? state : `${state}: ${why}`, ENDINGS[player.part].inWords, player.name],
  ];
}
