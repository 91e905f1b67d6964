import { CircleAlert, CircleCheck, CircleX } from "lucide-react";
import { Badge, type Tone } from "./badge.tsx";
import { Code } from "./code.tsx";

interface Header {
  readonly name: string;
  readonly value: string;
}

/** How well something is: the words of the API. */
export type Grade = "pass" | "warn" | "fail";

/** What a test call answers: POST /v1/endpoints/{id}/test and the test call of a cadence. */
export interface ExchangeTest {
  readonly request: { readonly url: string; readonly headers: readonly Header[]; readonly body: string };
  /** Null when none came. */
  readonly response: {
    readonly status: number;
    readonly headers: readonly Header[];
    readonly body: string;
    /** base64 where the bytes aren't UTF-8. */
    readonly encoding?: "utf-8" | "base64";
    readonly cut: boolean;
  } | null;
  readonly outcome: string;
  /** Null where nothing was sent. */
  readonly totalMs: number | null;
  readonly firstByteMs: number | null;
  /** The answer as the engine understood it; null when it didn't. */
  readonly answer: unknown;
  readonly checks: readonly { readonly check: string; readonly verdict: Grade; readonly detail: string }[];
  readonly grade: Grade;
}

const GRADES = {
  pass: { tone: "good", word: "Good", icon: CircleCheck, said: "A cadence can work with this answer." },
  warn: { tone: "warn", word: "Good, with doubts", icon: CircleAlert, said: "It works. Look at what is marked." },
  fail: {
    tone: "bad",
    word: "Not good",
    icon: CircleX,
    said: "A cadence could not go on with this. See what to change.",
  },
} as const satisfies Record<Grade, { tone: Tone; word: string; icon: typeof CircleX; said: string }>;

const COLOURS = { pass: "text-good", warn: "text-warn", fail: "text-bad" } as const satisfies Record<Grade, string>;

/** A test call's answer with its grade, each check, and the exact bytes of both sides. */
export function ExchangeResult({ result }: { readonly result: ExchangeTest }) {
  const { request, response, outcome, totalMs, firstByteMs, answer, checks, grade } = result;
  const { tone, word, said } = GRADES[grade];
  return (
    <div className="min-w-0 space-y-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Badge tone={tone}>{word}</Badge>
        <span>{said}</span>
        <span className="text-quiet tabular-nums sm:ml-auto">
          {[
            response === null ? "no response" : `status ${response.status}`,
            outcome.replaceAll("_", " "),
            ...(totalMs === null ? [] : [`${totalMs} ms`]),
            ...(firstByteMs === null ? [] : [`first byte after ${firstByteMs} ms`]),
          ].join(" · ")}
        </span>
      </div>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {checks.map(({ check, verdict, detail }) => {
          const Icon = GRADES[verdict].icon;
          return (
            <li key={check} className="flex gap-3 px-3 py-2 text-sm">
              <Icon className={`mt-0.5 size-4 shrink-0 ${COLOURS[verdict]}`} aria-label={GRADES[verdict].word} />
              <div className="min-w-0">
                <p className="font-medium">{inWords(check)}</p>
                <p className="break-words text-quiet">{detail}</p>
              </div>
            </li>
          );
        })}
      </ul>
      {answer === null || answer === undefined ? null : (
        <Code label="The answer, as it was understood" text={JSON.stringify(answer, withoutNulls)} language="json" />
      )}
      <div className="grid items-start gap-4 *:min-w-0 xl:grid-cols-2">
        <Side title={`We sent: POST ${request.url}`} headers={request.headers} body={request.body} />
        {response === null ? (
          <p className="rounded-lg border border-line p-3 text-sm text-quiet">No response came.</p>
        ) : (
          <div>
            <Side
              title={`Came back: status ${response.status}`}
              headers={response.headers}
              body={response.body}
              isBase64={response.encoding === "base64"}
            />
            {response.cut ? <p className="mt-2 text-xs text-warn">More came than is shown.</p> : null}
          </div>
        )}
      </div>
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly isBase64?: boolean;
}

function Side({ title, headers, body, isBase64 = false }: SideProps) {
  const lines = headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
  return (
    <section className="space-y-2">
      <h3 className="font-mono text-xs font-medium break-all">{title}</h3>
      <Code label="Headers" text={lines} />
      {body === "" ? (
        <p className="text-xs text-quiet">The body is empty.</p>
      ) : (
        <Code
          label={isBase64 ? "Body, no UTF-8: as base64" : "Body"}
          text={body}
          language={/^\s*[[{]/.test(body) ? "json" : "text"}
        />
      )}
    </section>
  );
}

/** What the answer doesn't say isn't worth a line. */
function withoutNulls(_name: string, value: unknown): unknown {
  return value === null ? undefined : value;
}

function inWords(check: string): string {
  const words = check.replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
