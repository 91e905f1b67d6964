import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { Badge, type Tone } from "./badge.tsx";
import { Code } from "./code.tsx";

type Verdict = "pass" | "warn" | "fail";

/** An endpoint's answer. `later`: it promised one by 202. */
interface AnswerShape {
  readonly verb: "body" | "skip" | "defer" | "stop" | "later";
  readonly subject: string | null;
  readonly body: string | null;
  readonly html: string | null;
  readonly review: boolean;
  readonly untilSeconds: number | null;
  readonly reason: string | null;
  readonly meta: Readonly<Record<string, unknown>> | null;
}

/** What came of a request that was sent to an endpoint to try it (`POST …/test-call`, `POST …/test`). */
export interface ExchangeResultShape {
  readonly request: {
    readonly url: string;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
    readonly body: string;
  };
  /** Null when nothing came back. */
  readonly response: {
    readonly status: number;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
    readonly body: string;
    readonly cut: boolean;
  } | null;
  readonly outcome: string;
  readonly totalMs: number | null;
  readonly firstByteMs: number | null;
  /** What was understood of it, in one shape for every verb; null where nothing could be. */
  readonly answer: AnswerShape | null;
  readonly checks: readonly { readonly check: string; readonly verdict: Verdict; readonly detail: string }[];
  readonly grade: Verdict;
}

const GRADES = {
  pass: { tone: "good", name: "Good", icon: CircleCheck, look: "text-good" },
  warn: { tone: "warn", name: "Works, with remarks", icon: TriangleAlert, look: "text-warn" },
  fail: { tone: "bad", name: "Doesn't work", icon: CircleX, look: "text-bad" },
} as const satisfies Record<Verdict, { tone: Tone; name: string; icon: unknown; look: string }>;

const CHECK_NAMES: Readonly<Record<string, string>> = {
  answered: "Answers",
  one_verb: "Says one thing",
  in_time: "In time",
  size: "Size",
  content_type: "Content type",
  placeholder: "No placeholder left",
  forged_signature: "Refuses a wrong signature",
  stale_timestamp: "Refuses an old request",
};

/** An exchange with an endpoint: the answer as a lead would read it, its grade with what it rests on, and the bytes both ways. */
export function ExchangeResult({ result }: { readonly result: ExchangeResultShape }) {
  const { request, response, outcome, totalMs, firstByteMs, answer, checks, grade } = result;
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <Badge tone={GRADES[grade].tone}>{GRADES[grade].name}</Badge>
        <span>{response === null ? "No answer" : `HTTP ${response.status}`}</span>
        <span className="text-quiet">{outcome.replaceAll("_", " ")}</span>
        {totalMs === null ? null : <span className="tabular-nums text-quiet">{sayMs(totalMs)} in all</span>}
        {firstByteMs === null ? null : (
          <span className="tabular-nums text-quiet">{sayMs(firstByteMs)} to the first byte</span>
        )}
      </div>
      <Answer answer={answer} />
      <ul className="space-y-1.5 text-sm">
        {checks.map(({ check, verdict, detail }) => {
          const { icon: Icon, look } = GRADES[verdict];
          return (
            <li key={check} className="flex gap-2">
              <Icon className={`mt-0.5 size-4 shrink-0 ${look}`} aria-label={verdict} />
              <span className="min-w-0 break-words">
                <span className="font-medium">{CHECK_NAMES[check] ?? check}</span>{" "}
                <span className="text-quiet">{detail}</span>
              </span>
            </li>
          );
        })}
      </ul>
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="min-w-0 space-y-3">
          <h3 className="text-sm font-semibold">What we sent</h3>
          {request.headers.length === 0 ? (
            <p className="text-sm text-quiet">Nothing was sent.</p>
          ) : (
            <>
              <Code label="Request" text={`POST ${request.url}\n${headersOf(request.headers)}`} />
              <Code label="Body" text={request.body} language="json" />
            </>
          )}
        </div>
        <div className="min-w-0 space-y-3">
          <h3 className="text-sm font-semibold">What came back</h3>
          {response === null ? (
            <p className="text-sm text-quiet">Nothing came back.</p>
          ) : (
            <>
              <Code label="Response" text={`HTTP ${response.status}\n${headersOf(response.headers)}`} />
              <Code label={response.cut ? "Body, its beginning" : "Body"} text={response.body} language="json" />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

/** What each answer without words comes to. */
const ENDS = {
  skip: "This step would be left out, and the next one comes.",
  stop: "The enrollment would end here.",
  later: "It promised the words for later (202). The step would wait for them.",
} as const;

/** The answer as what would come of it; words as the lead would read them. */
function Answer({ answer }: { readonly answer: AnswerShape | null }) {
  if (answer === null) return null;
  const { verb, subject, body, html, review, untilSeconds, reason, meta } = answer;
  const words = verb === "body" ? null : verb === "defer" ? sayPutOff(untilSeconds) : ENDS[verb];
  return (
    <div className="space-y-3">
      {words === null ? (
        <figure className="rounded-xl border border-line bg-card">
          <figcaption className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 text-xs text-quiet">
            As the lead would read it
            {review ? <Badge tone="info">It asks that a person looks at it first</Badge> : null}
          </figcaption>
          <div className="px-4 py-3">
            {subject === null ? null : <p className="font-semibold break-words">{subject}</p>}
            <p className="mt-1 text-sm break-words whitespace-pre-wrap">{body}</p>
          </div>
        </figure>
      ) : (
        <p className="rounded-lg bg-info-soft px-3 py-2 text-sm text-info">
          {words}
          {reason === null ? "" : ` Its reason: ${reason}`}
        </p>
      )}
      {html === null ? null : <Code label="Its HTML, for mail programs that show it" text={html} />}
      {meta === null ? null : (
        <Code label="Its note about the text (meta)" text={JSON.stringify(meta)} language="json" />
      )}
    </div>
  );
}

function sayPutOff(seconds: number | null): string {
  if (seconds === null) return "The step would be put off, and asked for again later.";
  const minutes = Math.round(seconds / 60);
  return `The step would be put off for ${minutes.toLocaleString("en")} ${minutes === 1 ? "minute" : "minutes"}, and asked for again.`;
}

function headersOf(headers: readonly { readonly name: string; readonly value: string }[]): string {
  return headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
}

function sayMs(ms: number): string {
  return `${Math.round(ms).toLocaleString("en")} ms`;
}
