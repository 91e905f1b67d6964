import { openApi } from "./api.ts";
import { judge, type Verdict } from "./checks/checks.ts";
import { gather } from "./evidence.ts";
import { readLeads } from "./leads.ts";
import { progressView } from "./progress.ts";
import { resultTable } from "./result-table.ts";
import { DELAY_SECONDS, enroll, setUp } from "./set-up.ts";
import type { Stage } from "./stage.ts";
import { waitForEnd } from "./wait-for-end.ts";

const PATIENCE_MS = 35_000;

/** The main job on real input: sets up, enrolls, watches to the end, prints who got what, and judges what both sides say. */
export async function play({ local, farSide, speed }: Stage): Promise<readonly Verdict[]> {
  const leads = readLeads();
  const api = openApi(local.url, local.liveKey);
  const made = await setUp(api, farSide.webhookUrl, farSide.smtpPort);
  await farSide.open(local.url, made.secret);
  const { webhookUrl, smtpPort } = farSide;
  console.log(
    `Drafthook: ${local.url}   drafter: behind ${webhookUrl}   recipients' mail server: 127.0.0.1:${smtpPort}`,
  );
  console.log(`${leads.length} leads, four steps ${DELAY_SECONDS} s apart; retries come ${speed} times sooner here.\n`);
  const enrollments = await enroll(api, made, leads);
  const show = progressView(leads, process.stdout);
  const isOver = await waitForEnd({ api, farSide, cadenceId: made.cadenceId, leads, patienceMs: PATIENCE_MS }, show);
  const evidence = await gather(local, farSide, made, leads, enrollments);
  console.log(`\n${resultTable(evidence)}\n`);
  const late = `after ${PATIENCE_MS / 1000} s not every lead stood where it should`;
  const inTime = { topic: "in time", passed: isOver ? 1 : 0, failures: isOver ? [] : [late] };
  return [inTime, ...judge(evidence)];
}
