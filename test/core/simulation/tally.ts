import type { World } from "./world.ts";

/** What happened in a run that is over, one word for each kind. */
export function tally({ shell, far, kills }: World): ReadonlySet<string> {
  const { state, journal } = shell.disk;
  const seen = new Set<string>(kills);
  for (const line of journal)
    if (line.kind === "note") {
      seen.add(line.code);
      if (line.detail.reason === "person_limit_reached") seen.add("person_limit_reached");
    }
  if (journal.some((line) => line.kind === "note" && line.code === "waiting" && line.detail["gate"] === "mailbox_pace"))
    seen.add("waited for the mailbox");
  for (const { outcome, reason } of state.outcomes) {
    seen.add(outcome);
    if (reason === "crossed") seen.add("crossed");
  }
  if (state.phase.name === "finished")
    seen.add(
      state.phase.exit.reason === "stopped_by_customer"
        ? "stopped by the customer"
        : (state.phase.exit.reason ?? "completed"),
    );
  if (
    new Set(far.accepted.map(({ sendKey }) => sendKey.split("-")[2]).filter((what) => !what?.startsWith("r"))).size > 1
  )
    seen.add("two steps sent");
  if (far.accepted.some(({ sendKey }) => sendKey.split("-")[2]?.startsWith("r"))) seen.add("answered a reply");
  if (journal.some((line) => line.kind === "message" && line.message.detail.assumed === true)) seen.add("assumed");
  if (seen.has("settled_send_again")) seen.add("sent again by a person");
  if (far.accepted.some(({ payload }) => payload.includes('"act"'))) seen.add("sent on LinkedIn");
  if (far.foundInRecords > 0) seen.add("found in the records");
  if (far.recognised > 0) seen.add("repeated with its key");
  return seen;
}
