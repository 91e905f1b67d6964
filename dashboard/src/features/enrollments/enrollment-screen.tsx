import { Link, useParams, useSearch } from "@tanstack/react-router";
import type { Decision } from "../../../../core/contract/decision.ts";
import type { EnrollmentBody } from "../../../../core/contract/enrollment.ts";
import type { Member } from "../../../../core/contract/member.ts";
import { useCadenceNames } from "../../api/names.ts";
import { useRead } from "../../api/queries.ts";
import { useMay, useMe } from "../../shell/use-me.ts";
import { exitWords, STATES } from "../../ui/enrollment-words.ts";
import { ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { TabLink, TabLinks } from "../../ui/tabs.tsx";
import { ConversationPart } from "./conversation-part.tsx";
import { DecisionPart } from "./decision-part.tsx";
import { DoubtNotes } from "./doubt-notes.tsx";
import { EnrollmentActions } from "./enrollment-actions.tsx";
import { LeadCard } from "./lead-card.tsx";
import { LinkedinCard } from "./linkedin-card.tsx";
import { nameActors } from "./name-actors.ts";
import { TimelinePart } from "./timeline-part.tsx";

/** So often it is read anew while somebody looks; once it has ended, hardly anything comes. */
const LIVE_MS = 4_000;
const ENDED_MS = 30_000;

/** One lead's way through one cadence: where it stands, why, and all that happened. */
export function EnrollmentScreen() {
  const { enrollmentId: id } = useParams({ from: "/enrollments/$enrollmentId" });
  const { part } = useSearch({ from: "/enrollments/$enrollmentId" });
  const mayWrite = useMay("enrollments:write");
  const enrollment = useRead<EnrollmentBody>(`/v1/enrollments/${id}`, {}, { everyMs: LIVE_MS });
  const isOver = enrollment.data !== undefined && enrollment.data.phase === "finished";
  const everyMs = isOver ? ENDED_MS : LIVE_MS;
  const decision = useRead<Decision>(`/v1/enrollments/${id}/decision`, {}, { everyMs });
  const { data } = enrollment;
  if (data === undefined)
    return (
      <Page title="Enrollment">
        {enrollment.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ProblemNote error={enrollment.error} onRetry={() => void enrollment.refetch()} />
        )}
      </Page>
    );
  return (
    <Page
      title={data.leadName ?? data.leadEmail ?? data.leadExternalId}
      beside={<StateBadge state={data.state} />}
      lead={<Whereabouts enrollment={data} />}
      actions={mayWrite ? <EnrollmentActions enrollment={data} /> : null}
    >
      <ProblemNote error={enrollment.error} />
      <DoubtNotes enrollment={data} mayWrite={mayWrite} />
      <section aria-label="What happens next" className="mb-6 rounded-xl border border-line bg-card px-5 py-4">
        <Read of={decision} lines={2}>
          {({ summary }) => (
            <p aria-live="polite" className="text-lg leading-snug font-medium tracking-tight text-pretty">
              <Named sentence={summary} />
            </p>
          )}
        </Read>
      </section>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0">
          <TabLinks label="Parts of this enrollment">
            {PARTS.map(({ part: one, name }) => (
              <TabLink
                key={name}
                to="/enrollments/$enrollmentId"
                params={{ enrollmentId: id }}
                search={one === undefined ? {} : { part: one }}
                activeOptions={{ includeSearch: true }}
                replace
              >
                {name}
              </TabLink>
            ))}
          </TabLinks>
          {part === "conversation" ? (
            <ConversationPart id={id} everyMs={everyMs} />
          ) : part === "decision" ? (
            <Read of={decision} lines={8}>
              {(answer) => <DecisionPart decision={answer} />}
            </Read>
          ) : (
            <TimelinePart id={id} everyMs={everyMs} />
          )}
        </div>
        <div className="min-w-0 space-y-4">
          <LinkedinCard enrollment={data} mayWrite={mayWrite} />
          <LeadCard enrollment={data} />
        </div>
      </div>
    </Page>
  );
}

function Named({ sentence }: { readonly sentence: string }) {
  const { data: me } = useMe();
  const isOfSomebody = sentence.includes("usr_");
  const members = useRead<{ readonly data: readonly Member[] }>(
    isOfSomebody ? "/v1/members" : null,
    {},
    { mode: "live" },
  );
  const emails = Object.fromEntries(members.data?.data.map(({ personId, email }) => [personId, email]) ?? []);
  return nameActors(sentence, me?.actor.id, emails);
}

const PARTS = [
  { part: undefined, name: "Timeline" },
  { part: "conversation", name: "Conversation" },
  { part: "decision", name: "Decision" },
] as const;

function Whereabouts({ enrollment }: { readonly enrollment: EnrollmentBody }) {
  const { cadenceId, version, state, currentStep, phase, exitReason, exitDetail } = enrollment;
  const names = useCadenceNames();
  const detail = exitDetail === null || exitDetail.startsWith("<") ? "" : `: ${exitDetail}`;
  return (
    <>
      <Link to="/cadences/$cadenceId" params={{ cadenceId }} className="text-accent underline">
        {names[cadenceId] ?? cadenceId}
      </Link>
      , version {version}
      {phase === "finished" ? "" : `, step ${currentStep + 1}`}
      {exitReason === null ? "" : `. ${STATES[state]}: ${exitWords(exitReason)}${detail}`}
    </>
  );
}
