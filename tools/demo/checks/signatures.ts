import { createHmac } from "node:crypto";
import type { Evidence } from "../evidence.ts";
import { groupBy } from "../group-by.ts";
import type { Check } from "./checks.ts";

const CLOCKS_APART_SECONDS = 5;

/** standardwebhooks verifies every request and no forged copy; one id per question, the same at every retry. */
export function checkSignatures({ far, probes, setUp, leads }: Evidence, check: Check): void {
  check(far.requests.length > leads.length * 4, `only ${far.requests.length} requests reached the endpoint`);
  for (const seen of far.requests) {
    const which = `${seen.type} ${seen.webhookId} (attempt ${seen.attempt}, ${seen.lead})`;
    check(
      seen.signatureProblem === null,
      `the signature of ${which} is refused by standardwebhooks: ${seen.signatureProblem}`,
    );
    check(seen.forgedCopyProblem !== null, `the signature of ${which} also fits a forged copy`);
    const age = Math.abs(seen.arrivedAt / 1000 - Number(seen.headers["webhook-timestamp"]));
    check(
      age <= CLOCKS_APART_SECONDS,
      `the timestamp of ${which} is ${age.toFixed(1)} s off its arrival, so it is not of this attempt`,
    );
    const compatible = `v1=${createHmac("sha256", setUp.secret).update(seen.body).digest("hex")}`;
    check(
      seen.headers["x-myagentmail-signature"] === compatible,
      `MyAgentMail's signature of ${which} is not the HMAC of its body`,
    );
    check(JSON.parse(seen.body).id === seen.webhookId, `the id in the body of ${which} is not its webhook-id`);
  }
  const questions = groupBy(far.requests, ({ webhookId }) => webhookId);
  for (const [webhookId, attempts] of questions) {
    const about = new Set(attempts.map(({ body }) => aboutOf(body)));
    check(about.size === 1, `the webhook-id ${webhookId} was used for ${about.size} different questions`);
    check(
      /^(drf|evt)_[a-z2-7]{16}_\d+(_\d+)?$/.test(webhookId),
      `${webhookId} is no webhook-id as the contract has them (no full stop in it)`,
    );
  }
  const asked = new Set(
    [...questions.values()].flatMap(([first]) => (first === undefined ? [] : [aboutOf(first.body)])),
  );
  check(asked.size === questions.size, `${questions.size} webhook-ids stand for ${asked.size} questions`);
  check(probes.length > 0, "the drafter was not tried with forged requests");
  for (const { what, expectedStatus, status } of probes)
    check(status === expectedStatus, `the drafter answered ${what} with ${status} instead of ${expectedStatus}`);
}

/** What a question is about, apart from what changes with each attempt. */
function aboutOf(body: string): string {
  const { type, enrollment, step, data, timestamp, previousDraftId } = JSON.parse(body);
  return JSON.stringify([type, enrollment.id, step?.index, previousDraftId, data, timestamp]);
}
