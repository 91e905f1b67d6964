import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { Badge, type Tone } from "./badge.tsx";
import { Code } from "./code.tsx";

type Verdict = "pass" | "warn" | "fail";

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
  /** The endpoint's answer, where it kept the contract. */
  readonly answer: unknown;
  readonly checks: readonly { readonly check: string; readonly verdict: Verdict; readonly detail: string }[];
  readonly grade: Verdict;
}

const GRADES = {
  pass: { tone: "good", name: "Good", icon: CircleCheck, look: "text-good" },
  warn: { tone: "warn", name: "Works, with remarks", icon: TriangleAlert, look: "text-warn" },
  fail: { tone: "bad", name: "Doesn't work", icon: CircleX, look: "text-bad" },
} as const satisfies Record<Verdict, { tone: Tone; name: string; icon: unknown; look: string }>;

/** An exchange with an endpoint: the answer as a lead would read it, its grade with what it rests on, and the bytes both ways. */
export function ExchangeResult({ result }: { readonly result: ExchangeResultShape }) {
  const { request, response, outcome, totalMs, firstByteMs, answer, checks, grade } = result;
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <Badge tone={GRADES[grade].tone}>{GRADES[grade].name}</Badge>
        <span>{response === null ? "No answer" : `HTTP ${response.status}`}</span>
        <span className="text-quiet">{outcome}</span>
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
                <span className="font-medium">{check}</span> <span className="text-quiet">{detail}</span>
              </span>
            </li>
          );
        })}
      </ul>
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="min-w-0 space-y-3">
          <h3 className="text-sm font-semibold">What we sent</h3>
          <Code label="Request" text={`POST ${request.url}\n${headersOf(request.headers)}`} />
          <Code label="Body" text={request.body} language="json" />
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

/** The answer's one verb, as what would come of it. */
function Answer({ answer }: { readonly answer: unknown }) {
  if (typeof answer !== "object" || answer === null) return null;
  if ("body" in answer)
    return (
      <figure className="rounded-xl border border-line bg-card">
        <figcaption className="border-b border-line px-4 py-2 text-xs text-quiet">As the lead would read it</figcaption>
        <div className="px-4 py-3">
          {"subject" in answer ? <p className="font-semibold break-words">{String(answer.subject)}</p> : null}
          <p className="mt-1 text-sm break-words whitespace-pre-wrap">{String(answer.body)}</p>
        </div>
      </figure>
    );
  const reason = "reason" in answer ? ` It says: ${String(answer.reason)}` : "";
  const words =
    "skip" in answer
      ? "This step would be left out."
      : "stop" in answer
        ? "The enrollment would end here."
        : "defer" in answer
          ? "The step would be put off, and asked for again later."
          : null;
  return words === null ? null : (
    <p className="rounded-lg bg-info-soft px-3 py-2 text-sm text-info">
      {words}
      {reason}
    </p>
  );
}

function headersOf(headers: readonly { readonly name: string; readonly value: string }[]): string {
  return headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
}

function sayMs(ms: number): string {
  return `${Math.round(ms).toLocaleString("en")} ms`;
}
