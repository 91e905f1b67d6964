import type { DraftAnswer, Parsed } from "../contract/draft-answer.ts";
import { DRAFT_RESPONSE_BYTES_MAX } from "../contract/limits.ts";
import type { Check, TestAnswer } from "../contract/test-call.ts";
import { leftoverPlaceholder } from "./leftover-placeholder.ts";

/** What a test call brought: the status (null: none came), the log's word for how it ended, and the answer as it was read. */
export interface Tried {
  readonly status: number | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly totalMs: number | null;
  readonly contentType: string | null;
  /** Null where there was none to read, or it was promised for later. */
  readonly parsed: Parsed<DraftAnswer> | null;
}

/** Slower than this, a step of ten thousand leads takes hours of waiting. */
const SLOW_MS = 5_000;

/** What is to be said of the answer to a proper request. `maxChars` is the step's. */
export function judgeAnswer(tried: Tried, maxChars: number | null): readonly Check[] {
  const { status, parsed } = tried;
  const came = status !== null && status >= 200 && status <= 299;
  const answer = parsed?.ok === true ? parsed.answer : null;
  return [
    answered(tried, came),
    ...(came ? [oneVerb(tried)] : []),
    ...(status === null ? [] : [inTime(tried)]),
    ...(came ? [size(tried, answer, maxChars), contentType(tried)] : []),
    ...(answer !== null && "body" in answer ? [placeholder(answer)] : []),
  ];
}

/** What is to be said of the answer to a request that should have been refused. `status` is null where none came. */
export function judgeRefusal(check: "forged_signature" | "stale_timestamp", status: number | null): Check {
  const what = check === "forged_signature" ? "A wrongly signed request" : "A request that was signed ten minutes ago";
  if (status === null) return { check, verdict: "warn", detail: `${what} got no answer: it should be refused by 401.` };
  if (status >= 200 && status <= 299)
    return {
      check,
      verdict: "warn",
      detail: `${what} was taken (${status}): whoever knows the URL can ask in our name. Verify \`webhook-signature\` and \`webhook-timestamp\`, and answer 401.`,
    };
  const isRefused = status >= 400 && status <= 499;
  return isRefused
    ? { check, verdict: "pass", detail: `${what} was refused by ${status}.` }
    : { check, verdict: "warn", detail: `${what} was answered by ${status}: refuse it by 401 or 403.` };
}

/** The worst of them. */
export function gradeOf(checks: readonly Check[]): Check["verdict"] {
  const has = (verdict: Check["verdict"]) => checks.some((check) => check.verdict === verdict);
  return has("fail") ? "fail" : has("warn") ? "warn" : "pass";
}

/** An answer in one shape, whatever its verb. */
export function summaryOf(answer: DraftAnswer | "later"): TestAnswer {
  if (answer === "later") return { ...NOTHING_SAID, verb: "later" };
  const meta = answer.meta ?? null;
  if ("body" in answer)
    return {
      ...NOTHING_SAID,
      meta,
      verb: "body",
      subject: answer.subject ?? null,
      body: answer.body,
      html: answer.html ?? null,
      review: answer.review ?? false,
    };
  const reason = answer.reason ?? null;
  if ("defer" in answer)
    return { ...NOTHING_SAID, meta, reason, verb: "defer", untilSeconds: answer.defer.untilSeconds };
  return { ...NOTHING_SAID, meta, reason, verb: "skip" in answer ? "skip" : "stop" };
}

const NOTHING_SAID = {
  subject: null,
  body: null,
  html: null,
  review: false,
  untilSeconds: null,
  reason: null,
  meta: null,
} as const;

function answered({ status, outcome, reason }: Tried, came: boolean): Check {
  const check = "answered";
  if (came) return { check, verdict: "pass", detail: `It answered ${status}.` };
  const why = reason === null ? "" : `: ${reason}`;
  return status === null
    ? { check, verdict: "fail", detail: `No answer came (${outcome})${why}.` }
    : { check, verdict: "fail", detail: `It answered ${status}${why}; anything but a 2xx is a failure.` };
}

function oneVerb({ status, parsed }: Tried): Check {
  const check = "one_verb";
  if (status === 202)
    return {
      check,
      verdict: "warn",
      detail: "It promised its answer for later (202). A test call takes none, so what it would say was not seen.",
    };
  if (parsed?.ok === true)
    return { check, verdict: "pass", detail: `It is one answer: ${summaryOf(parsed.answer).verb}.` };
  return { check, verdict: "fail", detail: parsed === null ? "It could not be read." : `${parsed.issues.join("; ")}.` };
}

function inTime({ totalMs, outcome }: Tried): Check {
  const check = "in_time";
  if (outcome === "timeout") return { check, verdict: "fail", detail: "It was not there whole within 30 seconds." };
  const seconds = ((totalMs ?? 0) / 1000).toFixed(1);
  return (totalMs ?? 0) > SLOW_MS
    ? {
        check,
        verdict: "warn",
        detail: `It took ${seconds} s. A model that needs long may answer 202 and complete later.`,
      }
    : { check, verdict: "pass", detail: `It took ${seconds} s.` };
}

function size({ outcome }: Tried, answer: DraftAnswer | null, maxChars: number | null): Check {
  const check = "size";
  if (outcome === "too_large")
    return { check, verdict: "fail", detail: `It is larger than ${DRAFT_RESPONSE_BYTES_MAX} bytes.` };
  const characters = answer !== null && "body" in answer ? [...answer.body].length : 0;
  return maxChars !== null && characters > maxChars
    ? {
        check,
        verdict: "warn",
        detail: `Its body has ${characters} characters, and the step's maxChars is ${maxChars}.`,
      }
    : { check, verdict: "pass", detail: "It is within the limits." };
}

function contentType({ status, contentType: said }: Tried): Check {
  const check = "content_type";
  const isJson = said !== null && /^application\/(?:[\w.+-]+\+)?json\b/i.test(said.trim());
  return isJson || status === 202
    ? { check, verdict: "pass", detail: said === null ? "It names none, and needs none." : `It says ${said}.` }
    : { check, verdict: "warn", detail: `It says ${said ?? "nothing"}; say application/json.` };
}

function placeholder(answer: Extract<DraftAnswer, { body: string }>): Check {
  const check = "placeholder";
  const gap = [answer.subject, answer.body, answer.html].flatMap((text) => leftoverPlaceholder(text ?? "") ?? [])[0];
  return gap === undefined
    ? { check, verdict: "pass", detail: "No placeholder was left in it." }
    : { check, verdict: "warn", detail: `It holds ${gap}, which looks like a placeholder that was left.` };
}
