import { CircleAlert, CircleCheck, CircleX } from "lucide-react";
import type { TestAnswer, TestCall } from "../../../core/contract/test-call.ts";
import { Badge, type Tone } from "./badge.tsx";
import { Code } from "./code.tsx";

type Grade = TestCall["grade"];
type Header = TestCall["request"]["headers"][number];

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
export function ExchangeResult({ result }: { readonly result: TestCall }) {
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
      {answer === null ? null : <Answer answer={answer} />}
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

/** What would come of it: the words as the lead would read them, or the deed. */
function Answer({ answer }: { readonly answer: TestAnswer }) {
  const { verb, subject, body, reason, review, untilSeconds } = answer;
  if (verb === "body")
    return (
      <figure className="rounded-lg border border-line">
        <figcaption className="border-b border-line px-4 py-1.5 text-xs text-quiet">
          {review ? "As the lead would read it, once a person has released it" : "As the lead would read it"}
        </figcaption>
        <div className="px-4 py-3">
          {subject === null ? null : <p className="font-semibold break-words">{subject}</p>}
          <p className="mt-1 text-sm break-words whitespace-pre-wrap">{body}</p>
        </div>
      </figure>
    );
  return (
    <p className="rounded-lg bg-info-soft px-3 py-2 text-sm text-info">
      {DEEDS[verb]}
      {untilSeconds === null ? "" : ` It asks to wait ${untilSeconds} seconds.`}
      {reason === null ? "" : ` It says: ${reason}`}
    </p>
  );
}

const DEEDS = {
  skip: "This step would be left out.",
  stop: "The enrollment would end here.",
  defer: "The step would be put off, and asked for again later.",
  later: "It promises an answer for later (202). In a test nobody waits for it.",
} as const satisfies Record<Exclude<TestAnswer["verb"], "body">, string>;

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

function inWords(check: string): string {
  const words = check.replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
