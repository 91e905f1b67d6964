import type { EnrollmentSummary } from "../../core/contract/enrollment.ts";
import type { Counts } from "./far-side/report.ts";
import { groupBy } from "./group-by.ts";
import type { Lead } from "./leads.ts";
import { ENDINGS, mailsOf, partOf } from "./plot.ts";

/** One look at what goes on. */
export interface Snapshot {
  readonly seconds: number;
  readonly counts: Counts;
  readonly summaries: readonly EnrollmentSummary[];
}

/** The table can only be drawn anew where all of it is on the screen. */
const ROWS_BESIDE = 3;
const COLUMNS_MIN = 90;

/** Shows how far it is: on a terminal that is large enough a table that is drawn anew, elsewhere one line a second. */
export function progressView(leads: readonly Lead[], out: NodeJS.WriteStream): (snapshot: Snapshot) => void {
  let drawnLines = 0;
  let lastSecond = -1;
  return (snapshot) => {
    if (!out.isTTY || out.rows < leads.length + ROWS_BESIDE || out.columns < COLUMNS_MIN) {
      const second = Math.floor(snapshot.seconds);
      if (second !== lastSecond) out.write(`${summaryLine(snapshot)}\n`);
      lastSecond = second;
      return;
    }
    const lines = [summaryLine(snapshot), ...leads.map((lead) => leadLine(lead, snapshot))];
    const back = drawnLines === 0 ? "" : `\u001b[${drawnLines}A`;
    out.write(`${back}${lines.map((line) => `\u001b[2K${line}\n`).join("")}`);
    drawnLines = lines.length;
  };
}

function summaryLine({ seconds, counts, summaries }: Snapshot): string {
  const mails = Object.values(counts.mails).reduce((sum, n) => sum + n, 0);
  const states = [...groupBy(summaries, ({ state }) => state)].map(([state, rows]) => `${rows.length} ${state}`);
  return `${seconds.toFixed(0).padStart(3)} s  ${`${counts.drafts}`.padStart(3)} drafts asked  ${`${mails}`.padStart(3)} mails received  ${`${counts.events}`.padStart(3)} events  | ${states.join(", ")}`;
}

/** The name comes last: its width and direction are its own affair. */
function leadLine({ externalId, name }: Lead, { counts, summaries }: Snapshot): string {
  const summary = summaries.find((row) => row.leadExternalId === externalId);
  const got = counts.mails[externalId] ?? 0;
  const bar = "■".repeat(got).padEnd(Math.max(4, mailsOf(ENDINGS[partOf(externalId)])), "□");
  return `  ${externalId}  ${bar}  ${(summary?.state ?? "").padEnd(9)}  ${(summary?.phase ?? "").padEnd(9)}  ${name}`;
}
