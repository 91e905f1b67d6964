import type { Evidence } from "../evidence.ts";
import { ANSWERED_MESSAGE, partOf } from "../plot.ts";
import type { Check } from "./checks.ts";

/** A person's reply ends the cadence at once; an out-of-office changes nothing; both stand in their conversation. */
export function checkReplies({ leads, far, conversations }: Evidence, check: Check): void {
  check(far.replies.length === 2, `${far.replies.length} replies were sent instead of 2`);
  for (const reply of far.replies) {
    check(reply.accepted, `the door for inbound mail refused the ${reply.kind} reply`);
    const part = reply.kind === "person" ? "replies" : "out_of_office";
    const lead = leads.find(({ externalId }) => partOf(externalId) === part);
    const conversation = conversations.get(lead?.externalId ?? "") ?? [];
    const received = conversation.filter(({ direction }) => direction === "in");
    check(
      received.length === 1 && received[0]?.messageId === reply.messageId,
      `the conversation with ${lead?.externalId} holds ${received.length} replies, or another one`,
    );
    check(
      received[0]?.text.includes(reply.text.split("\n")[0] ?? "") ?? false,
      `the reply of ${lead?.externalId} was read as ${JSON.stringify(received[0]?.text)}`,
    );
    const place = conversation.findIndex(({ direction }) => direction === "in");
    check(
      place === ANSWERED_MESSAGE[part],
      `the reply of ${lead?.externalId} stands at place ${place} of the conversation instead of ${ANSWERED_MESSAGE[part]}`,
    );
    const after = conversation.length - place - 1;
    if (part === "replies") check(after === 0, `${lead?.externalId} was written to ${after} times after the reply`);
    else check(after > 0, `${lead?.externalId} was not written to any more after the out-of-office`);
  }
  const person = far.replies.find(({ kind }) => kind === "person");
  const told = far.requests
    .filter(({ type }) => type === "cadence.lead.replied")
    .map(({ body }) => JSON.parse(body).data.reply);
  check(told.length === 1, `${told.length} replies were told to the endpoint instead of 1`);
  for (const reply of told) {
    check(
      reply.text === person?.text,
      `what is new in the reply was told as ${JSON.stringify(reply.text)} instead of ${JSON.stringify(person?.text)}`,
    );
    check(
      reply.quoted.includes(".5 of a working day"),
      `the quoted part of the reply was told as ${JSON.stringify(reply.quoted)}`,
    );
    check(
      reply.untrusted === true && reply.auth.tokenValid === true && reply.matchedBy === "token",
      `the reply was told as ${JSON.stringify({ untrusted: reply.untrusted, auth: reply.auth, matchedBy: reply.matchedBy })}`,
    );
  }
}
