import { ChevronDown } from "lucide-react";
import type { Decision, DecisionGate } from "../../../../core/contract/decision.ts";
import { Badge } from "../../ui/badge.tsx";
import { inWords } from "../../ui/enrollment-words.ts";
import { Card } from "../../ui/page.tsx";
import { formatClock, When } from "../../ui/when.tsx";
import { useZone } from "../../ui/zone.ts";
import { type Fact, factsOf, gateAsks, gateName, gateWhy, VERDICTS } from "./say-gate.ts";

/** What each gate says now and will say when all pass; and what they said of the steps before. */
export function DecisionPart({ decision: { next, past, current } }: { readonly decision: Decision }) {
  return (
    <div className="space-y-5">
      {next === null ? null : (
        <Card title={`Every gate before step ${next.step + 1}, asked now`}>
          <dl className="mb-4 grid gap-x-6 gap-y-2 text-sm sm:grid-cols-3">
            <div>
              <dt className="text-xs text-quiet">What they stand before</dt>
              <dd>{ACTIONS[next.action]}</dd>
            </div>
            <div>
              <dt className="text-xs text-quiet">Earliest</dt>
              <dd>{next.earliestAt === null ? "No time is known" : <When at={next.earliestAt} />}</dd>
            </div>
            <div>
              <dt className="text-xs text-quiet">The engine looks again</dt>
              <dd>{next.looksAgainAt === null ? "Not by itself" : <When at={next.looksAgainAt} />}</dd>
            </div>
          </dl>
          <Gates gates={next.gatesNow} />
          {next.gatesThen.some(({ verdict }) => verdict !== "pass") || next.gatesThen.length === 0 ? null : (
            <p className="mt-3 text-sm text-quiet">At the earliest time above, as things stand, all of them pass.</p>
          )}
        </Card>
      )}
      {current.length === 0 ? null : (
        <Card title="What they have said of this step so far">
          <Traces traces={current} />
        </Card>
      )}
      {past.length === 0 ? null : (
        <Card title="Steps that are passed">
          <ol className="-my-2 divide-y divide-line">
            {past.map(({ step, outcome, at, reason, traces }) => (
              <li key={`${step} ${at}`} className="py-2 text-sm">
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span className="font-medium">Step {step + 1}</span>
                  <Badge
                    tone={
                      outcome === "sent" || outcome === "waited" ? "good" : outcome === "skipped" ? "plain" : "warn"
                    }
                  >
                    {OUTCOMES[outcome]}
                  </Badge>
                  <When at={at} />
                </div>
                {reason === null ? null : <p className="mt-0.5 text-quiet">{reason}</p>}
                {traces.length === 0 ? null : (
                  <details className="mt-1">
                    <summary className="w-fit rounded py-1 text-xs text-quiet">
                      What the gates said {traces.length > 1 ? `(${traces.length} times)` : ""}
                    </summary>
                    <div className="mt-2">
                      <Traces traces={traces} />
                    </div>
                  </details>
                )}
              </li>
            ))}
          </ol>
        </Card>
      )}
      {next === null && current.length === 0 && past.length === 0 ? (
        <p className="text-sm text-quiet">No gate was asked about this enrollment yet.</p>
      ) : null}
    </div>
  );
}

const ACTIONS = {
  ask_for_draft: "Asking for the draft",
  send: "Sending the message",
  pass: "The end of a wait",
} as const satisfies Record<NonNullable<Decision["next"]>["action"], string>;

const OUTCOMES = {
  sent: "Sent",
  skipped: "Passed over",
  failed: "Failed",
  ambiguous: "Sent or not, nobody knows",
  stopped: "Stopped",
  waited: "Waited",
} as const satisfies Record<Decision["past"][number]["outcome"], string>;

function Traces({ traces }: { readonly traces: Decision["current"] }) {
  return (
    <ol className="space-y-4">
      {traces.map(({ at, what, gates }) => (
        <li key={`${at} ${what}`}>
          <p className="mb-1 text-xs text-quiet">
            {inWords(what)} · <When at={at} />
          </p>
          <Gates gates={gates} />
        </li>
      ))}
    </ol>
  );
}

function Gates({ gates }: { readonly gates: readonly DecisionGate[] }) {
  return (
    <ol className="divide-y divide-line rounded-lg border border-line">
      {gates.map((gate, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order of the gates is fixed, and one name stands there twice
        <li key={index}>
          <Gate gate={gate} />
        </li>
      ))}
    </ol>
  );
}

function Gate({ gate }: { readonly gate: DecisionGate }) {
  const { name, tone } = VERDICTS[gate.verdict];
  const why = gateWhy(gate);
  const facts = factsOf(gate.read);
  return (
    <details className="group px-3 py-2 text-sm" open={gate.verdict !== "pass"}>
      <summary className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="w-40 font-medium max-sm:flex-1">{gateName(gate.gate)}</span>
        <Badge tone={tone}>{name}</Badge>
        <span className="min-w-0 flex-1 text-quiet max-sm:order-last max-sm:basis-full">
          {why ?? (
            <span className="line-clamp-1 break-all">
              {facts.length === 0 ? gateAsks(gate.gate) : <Brief facts={facts} />}
            </span>
          )}
        </span>
        {gate.until === null ? null : (
          <span>
            until <When at={gate.until} />
          </span>
        )}
        <ChevronDown className="size-4 shrink-0 text-quiet transition-transform group-open:rotate-180" aria-hidden />
      </summary>
      {gateAsks(gate.gate) === null ? null : <p className="mt-2 text-quiet">{gateAsks(gate.gate)}</p>}
      {facts.length === 0 ? (
        <p className="mt-2 text-xs text-quiet">It read nothing.</p>
      ) : (
        <dl className="mt-2 grid gap-x-6 gap-y-1 rounded-lg bg-raised px-3 py-2 text-xs sm:grid-cols-[max-content_1fr]">
          {facts.map(({ name: fact, value, at }) => (
            <div key={fact} className="contents">
              <dt className="text-quiet">{fact}</dt>
              <dd className="min-w-0 break-words">{at === null ? value : <When at={at} />}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}

function Brief({ facts }: { readonly facts: readonly Fact[] }) {
  const zone = useZone();
  const said = facts.slice(0, 3).map(({ name, value, at }) => {
    const text = at === null ? value : formatClock(new Date(at), zone, Date.now());
    return `${name}: ${text}`;
  });
  return said.join(" · ");
}
