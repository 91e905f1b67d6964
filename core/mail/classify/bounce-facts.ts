import type { BounceFacts } from "../inbound.ts";
import { type FailureVerdict, judgeFailure } from "./bounce-reason.ts";
import type { ReportedRecipient } from "./delivery-report.ts";
import { type NamedRecipient, namedRecipients } from "./failed-recipients.ts";
import type { DeliveryOutcome, Report } from "./report.ts";

/** What a mail that is known to be a report says: whom it couldn't reach, why, and whether that address is dead. */
export function bounceFacts(report: Report, about: DeliveryOutcome): BounceFacts {
  const reported = concerned(report.reported, about);
  const addresses = unique(reported.flatMap(({ recipient }) => (recipient === null ? [] : [recipient])));
  const named = addresses.length > 0 && isTold(reported) ? [] : namedRecipients(report.mail, report.explanation);
  const failures = addresses.length > 0 ? byReport(report, reported, named) : byText(report, reported, named);
  const decided = failures.find(({ verdict }) => verdict.class !== "undecided") ?? failures[0];
  const verdict = decided?.verdict ?? judgeFailure({ status: null, words: report.explanation, context: "" });
  const recipients = addresses.length > 0 ? addresses : unique(named.map(({ recipient }) => recipient));
  const isDead = about === "failed" && verdict.class === "hard";
  return {
    class: isDead ? "hard" : about === "failed" ? verdict.class : "soft",
    addressDead: isDead,
    messagePermanent: about === "failed" && verdict.isPermanent,
    reason: verdict.reason,
    recipient: decided?.recipient ?? recipients[0] ?? null,
    recipients: recipients.slice(0, RECIPIENTS_MAX),
    status: verdict.status,
    diagnostic: decided === undefined || decided.words === "" ? null : shortened(decided.words),
  };
}

const RECIPIENTS_MAX = 50;
/** One verdict is told; of so many recipients the first that says something gives it. */
const JUDGED_MAX = 10;
const DIAGNOSTIC_CHARACTERS_MAX = 300;

interface Failure {
  readonly recipient: string | null;
  readonly verdict: FailureVerdict;
  readonly words: string;
}

function byReport(
  { explanation }: Report,
  reported: readonly ReportedRecipient[],
  named: readonly NamedRecipient[],
): Failure[] {
  return reported.slice(0, JUDGED_MAX).map(({ recipient, status, diagnostic }) => {
    const own = named.find((name) => name.recipient.toLowerCase() === recipient?.toLowerCase());
    // A diagnostic that is a code and no more sends us to the text for people.
    const said = hasWords(diagnostic)
      ? [diagnostic, explanation]
      : [`${diagnostic}\n${own?.words ?? explanation}`, `${diagnostic}\n${explanation}`];
    return firstDecided(recipient, said, status, `${diagnostic}\n${explanation}`);
  });
}

function byText(
  { mail, explanation }: Report,
  reported: readonly ReportedRecipient[],
  named: readonly NamedRecipient[],
): Failure[] {
  const rest = [
    `${reported[0]?.diagnostic ?? ""}\n${explanation}\n${mail.attachedText ?? ""}`,
    `${mail.subject}\n${mail.text.slice(0, MAIL_CHARACTERS_MAX)}`,
  ];
  const status = reported[0]?.status ?? null;
  if (named.length === 0) return [firstDecided(null, rest, status, explanation)];
  return named
    .slice(0, JUDGED_MAX)
    .map(({ recipient, words }) => firstDecided(recipient, [words, ...rest], status, explanation));
}

const MAIL_CHARACTERS_MAX = 8_192;

/** Judges by the words that are nearest to the recipient, and by wider ones only where those say nothing. */
function firstDecided(
  recipient: string | null,
  said: readonly string[],
  status: string | null,
  context: string,
): Failure {
  let first: Failure | null = null;
  for (const words of said) {
    const failure = { recipient, words, verdict: judgeFailure({ status, words, context }) };
    if (failure.verdict.class !== "undecided") return failure;
    first ??= failure;
  }
  return first ?? { recipient, words: "", verdict: judgeFailure({ status, words: "", context }) };
}

function concerned(reported: readonly ReportedRecipient[], about: DeliveryOutcome): readonly ReportedRecipient[] {
  const wanted = ACTIONS[about];
  const matching = reported.filter(({ action }) => action !== null && wanted.includes(action));
  return matching.length > 0 ? matching : reported;
}

const ACTIONS = {
  failed: ["failed", "failure", "fail"],
  delayed: ["delayed", "delay"],
  delivered: ["delivered", "relayed", "expanded", "deliverable"],
};

function isTold(reported: readonly ReportedRecipient[]): boolean {
  return reported.every(({ diagnostic }) => hasWords(diagnostic));
}

function hasWords(diagnostic: string): boolean {
  return /\p{L}{3,}[^\p{L}]+\p{L}{2,}/u.test(diagnostic.replace(/[^\s<>]{1,128}@[^\s<>]{1,255}/g, ""));
}

function unique(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
}

function shortened(words: string): string {
  return words.replace(/\s+/g, " ").trim().slice(0, DIAGNOSTIC_CHARACTERS_MAX);
}
