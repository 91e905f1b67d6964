import type { Evidence } from "../evidence.ts";
import type { Check } from "./checks.ts";

/** The delivery log equals what crossed the wire, as the endpoint and the drafter wrote it down themselves. */
export function checkLog({ far, log }: Evidence, check: Check): void {
  check(
    log.length === far.requests.length,
    `the log has ${log.length} exchanges, the endpoint saw ${far.requests.length}`,
  );
  const lines = new Map(log.map((line) => [`${line.subjectId} attempt ${line.attempt}`, line]));
  check(lines.size === log.length, `the log shows ${log.length - lines.size} attempts twice`);
  for (const seen of far.requests) {
    const which = `${seen.webhookId} attempt ${seen.attempt}`;
    const line = lines.get(which);
    check(line !== undefined, `${which} is not in the log`);
    if (line === undefined) continue;
    check(line.what === seen.type, `the log has ${which} as ${line.what} instead of ${seen.type}`);
    check(
      line.requestSha256 === seen.bodySha256,
      `the log's request bytes of ${which} are not those that arrived (SHA-256)`,
    );
    check(
      line.status === seen.status && line.responseSha256 === seen.answerSha256,
      `the log's response to ${which} is not what was answered (${line.status} and ${seen.status}, or SHA-256)`,
    );
    check(
      line.bodies?.request.body === masked(seen.body),
      `the log shows another request body for ${which} than what arrived`,
    );
    check(
      line.bodies?.response.body === seen.answer,
      `the log shows another response body for ${which} than what was answered`,
    );
    const other = Object.entries(line.bodies?.request.headers ?? {}).filter(
      ([name, value]) => seen.headers[name] !== value,
    );
    check(
      other.length === 0,
      `the log shows other request headers for ${which} than arrived: ${other.map(([name]) => name).join(", ")}`,
    );
    check(
      Object.keys(line.bodies?.request.headers ?? {}).includes("webhook-signature"),
      `the log shows no signature header for ${which}`,
    );
  }
  checkDrafter(far, check);
}

/** The drafter's own record has one line for each request that was let through to it. */
function checkDrafter({ requests, drafterLines }: Evidence["far"], check: Check): void {
  for (const { webhookId, answeredBy, status, answer } of requests) {
    if (answeredBy !== "drafter") continue;
    const line = drafterLines.find(
      ({ id, completed, refused }) => id === webhookId && completed === undefined && refused === undefined,
    );
    const same =
      line?.status === status && (line.answer == null ? answer === "" : JSON.stringify(line.answer) === answer);
    check(same, `the drafter's record of ${webhookId} is ${JSON.stringify(line)}, and ${status} ${answer} was seen`);
  }
  const failed = drafterLines.filter((line) => line.failed !== undefined);
  check(failed.length === 0, `the drafter failed ${failed.length} times: ${failed[0]?.failed}`);
}

/** Whoever reads the log must not be able to answer in the endpoint's name. */
function masked(body: string): string {
  return body.replace(/(\/completion\?token=)[^"]+/, "$1[masked]");
}
