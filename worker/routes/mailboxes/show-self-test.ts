import type { SelfTest } from "../../../core/contract/self-test.ts";
import type { SelfTestArrival, SelfTestRecord } from "../../../core/mail/self-test.ts";

/** Mail takes minutes where servers ask each other to come again. */
const MISSING_AFTER_MS = 10 * 60_000;

/** A test as the API shows it at the time `now`. */
export function showSelfTest({ sentAt, failure, arrival }: SelfTestRecord, now: number): SelfTest {
  return {
    ...judged(failure, arrival, now - sentAt),
    sentAt: new Date(sentAt).toISOString(),
    arrivedAt: arrival === null ? null : new Date(arrival.at).toISOString(),
    keepsMessageId: arrival?.keepsMessageId ?? null,
    wireMessageId: arrival?.messageId ?? null,
    dkim: arrival?.dkim ?? null,
    dkimAligned: arrival?.isAligned ?? null,
    lostHeaders: [...(arrival?.lostHeaders ?? [])],
  };
}

function judged(
  failure: string | null,
  arrival: SelfTestArrival | null,
  ageMs: number,
): Pick<SelfTest, "state" | "detail"> {
  if (arrival !== null) return { state: "arrived", detail: arrivedWith(arrival) };
  if (failure !== null) return { state: "failed", detail: `The provider didn't take it: ${failure}` };
  if (ageMs < MISSING_AFTER_MS)
    return { state: "under_way", detail: "The provider took it; it is shown here as soon as it comes in." };
  return {
    state: "missing",
    detail:
      "The provider took it, and it hasn't come in: see that mail to the mailbox's replyDomain (or the installation's own) is routed to this Worker, or replies will be lost.",
  };
}

function arrivedWith({ keepsMessageId, dkim, isAligned, lostHeaders }: SelfTestArrival): string {
  const said = [
    keepsMessageId
      ? "It came in with our Message-ID."
      : "It came in with another Message-ID than ours: threads hold together by what the provider or the first reply tells of it.",
  ];
  if (lostHeaders.length > 0) said.push(`On the way it lost ${lostHeaders.join(", ")}.`);
  if (dkim !== "pass" && dkim !== "not_checked")
    said.push(`Its DKIM signature is "${dkim}": many servers will take your mail for spam until the domain signs it.`);
  if (dkim === "pass" && isAligned !== true)
    said.push("It is signed, but not by the sender's own domain: set that up at the provider.");
  return said.join(" ");
}
