import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import type { Decision } from "../../../../core/contract/decision.ts";
import type { EnrollmentBody } from "../../../../core/contract/enrollment.ts";
import { useRead } from "../../api/queries.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { Read } from "../../ui/read.tsx";
import { plain } from "./mail-words.ts";

const TONES: Readonly<Record<string, Tone>> = { active: "good", held: "warn", paused: "info", exited: "plain" };

/** Whose conversation it is, where they are in their cadence, and what happens next. */
export function LeadBeside({ lead }: { readonly lead: EnrollmentBody }) {
  const cadence = useRead<Cadence>(`/v1/cadences/${lead.cadenceId}`);
  const decision = useRead<Decision>(`/v1/enrollments/${lead.id}/decision`, {}, { everyMs: 15_000 });
  const name = lead.leadName ?? lead.leadEmail ?? lead.leadExternalId;
  useEffect(() => {
    document.title = `${name} · Inbox · Drafthook`;
  }, [name]);
  const isWaiting = lead.heldReason !== null || lead.heldAnswers.length > 0;
  return (
    <div className="space-y-3 rounded-xl border border-line bg-paper p-4 text-sm">
      <div>
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="text-base font-semibold break-words">
            <bdi>{name}</bdi>
          </h2>
          <Badge tone={TONES[lead.state] ?? "plain"}>
            {plain(lead.state)}
            {lead.exitReason === null ? "" : `: ${plain(lead.exitReason).toLowerCase()}`}
          </Badge>
        </div>
        {lead.leadEmail === null || lead.leadEmail === name ? null : (
          <p className="text-[13px] break-words text-quiet">{lead.leadEmail}</p>
        )}
      </div>
      <p className="text-quiet">
        In{" "}
        <Link to="/cadences/$cadenceId" params={{ cadenceId: lead.cadenceId }} className="text-accent underline">
          {cadence.data?.name ?? "its cadence"}
        </Link>
        , step {lead.currentStep + 1}.
      </p>
      <div>
        <h3 className="text-xs font-medium text-quiet">What happens next</h3>
        <Read of={decision} lines={2}>
          {({ summary }) => <p className="break-words">{summary}</p>}
        </Read>
      </div>
      {isWaiting ? (
        <p className="rounded-lg bg-warn-soft px-3 py-2 text-warn">
          Something waits for a person:{" "}
          <Link to="/held" className="underline">
            go to Held
          </Link>
          .
        </p>
      ) : null}
      <p>
        <Link to="/enrollments/$enrollmentId" params={{ enrollmentId: lead.id }} className="text-accent underline">
          Everything of this enrollment
        </Link>
      </p>
    </div>
  );
}
