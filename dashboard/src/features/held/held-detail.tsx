import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import type { DraftBody } from "../../../../core/contract/draft.ts";
import type { EnrollmentBody } from "../../../../core/contract/enrollment.ts";
import { Refusal } from "../../api/call.ts";
import { useRead } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Button, buttonLook } from "../../ui/button.tsx";
import { asSentence, HELD_REASONS, inWords } from "../../ui/enrollment-words.ts";
import { useHidden } from "../../ui/leaving.ts";
import { Empty, ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { When } from "../../ui/when.tsx";
import { ActBar } from "./act-bar.tsx";
import { DraftEditor } from "./draft-editor.tsx";
import { DraftWords } from "./draft-words.tsx";
import { actsFor, type EditedWords, type HeldAct } from "./held-acts.ts";
import { LeadBeside } from "./lead-beside.tsx";
import { actOn, typedWords } from "./leaving.ts";

interface HeldDetailProps {
  /** The enrollment's. */
  readonly id: string;
  /** Something was done with it: the next one. */
  readonly onActed: () => void;
  readonly onBack: () => void;
}

/** One thing that waits: the words, why it is held, what can be done, and who it is for. */
export function HeldDetail({ id, onActed, onBack }: HeldDetailProps) {
  const hidden = useHidden();
  const enrollment = useRead<EnrollmentBody>(`/v1/enrollments/${id}`, {}, { everyMs: 8_000 });
  const { data } = enrollment;
  const draftId = data === undefined || data.heldReason === null ? null : data.draftId;
  const draft = useRead<DraftBody>(draftId === null ? null : `/v1/drafts/${draftId}`, {}, { everyMs: 8_000 });
  const isGone = data !== undefined && (data.heldReason === null || (draftId !== null && hidden.has(draftId)));
  return (
    <article data-held-detail tabIndex={-1} aria-label="The message" className="outline-none">
      <Button isSmall weight="quiet" className="mb-2 lg:hidden" onClick={onBack}>
        <ArrowLeft className="size-4" aria-hidden /> All that is held
      </Button>
      {data === undefined ? (
        enrollment.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ProblemNote error={enrollment.error} onRetry={() => void enrollment.refetch()} />
        )
      ) : isGone ? (
        <Empty
          title="Nothing waits here any more"
          action={
            <Link to="/enrollments/$enrollmentId" params={{ enrollmentId: id }} className={buttonLook()}>
              See the enrollment
            </Link>
          }
        />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_18rem]">
          <div className="min-w-0 space-y-4">
            <WhyHeld enrollment={data} draft={draft.data} />
            <ProblemNote
              error={draft.error instanceof Refusal && draft.error.status === 404 ? null : draft.error}
              onRetry={() => void draft.refetch()}
            />
            {draft.data === undefined ? (
              draftId === null || draft.error !== null ? (
                <NoDraft enrollment={data} />
              ) : (
                <Skeleton lines={6} />
              )
            ) : (
              <HeldDraft key={draft.data.id} draft={draft.data} whom={nameOf(data)} onActed={onActed} />
            )}
          </div>
          <LeadBeside enrollment={data} />
        </div>
      )}
    </article>
  );
}

interface HeldDraftProps {
  readonly draft: DraftBody;
  readonly whom: string;
  readonly onActed: () => void;
}

function HeldDraft({ draft, whom, onActed }: HeldDraftProps) {
  const mayWrite = useMay("enrollments:write");
  const [isEditing, setEditing] = useState(typedWords(draft.id) !== undefined);
  const acts = mayWrite ? actsFor(draft) : [];
  const act = (which: HeldAct, words: EditedWords | null = null) => {
    if (which === "edit" && words === null) return setEditing(true);
    actOn(which, draft.id, whom, words);
    onActed();
  };
  const leave = () => {
    setEditing(false);
    document.querySelector<HTMLElement>("[data-held-detail]")?.focus({ preventScroll: true });
  };
  return (
    <>
      {isEditing ? (
        <DraftEditor draft={draft} onSend={(words) => act("edit", words)} onLeave={leave} />
      ) : (
        <>
          <DraftWords draft={draft} />
          <ActBar acts={acts} onAct={act} />
        </>
      )}
    </>
  );
}

function WhyHeld({
  enrollment,
  draft,
}: {
  readonly enrollment: EnrollmentBody;
  readonly draft: DraftBody | undefined;
}) {
  const reason = enrollment.heldReason ?? "held";
  const words = HELD_REASONS[reason];
  const detail = draft?.heldDetail ?? enrollment.heldDetail;
  const others = enrollment.heldAnswers.filter((id) => id !== enrollment.draftId).length;
  return (
    <header>
      <h2 className="text-lg font-semibold tracking-tight break-words">{nameOf(enrollment)}</h2>
      <p className="text-sm">
        <span className="font-medium text-warn">{words?.short ?? inWords(reason)}.</span>{" "}
        {words?.why ?? "It waits for a person."}
      </p>
      <p className="mt-1 text-sm text-quiet">
        {detail === null || reason === "review_requested" ? null : `${asSentence(detail)} `}
        {draft?.heldSince == null ? null : (
          <>
            Held since <When at={draft.heldSince} />.
          </>
        )}
        {others > 0 ? ` ${others} more ${others === 1 ? "waits" : "wait"} for this lead.` : ""}
      </p>
    </header>
  );
}

/** Held before anything was asked: what is missing has to be given elsewhere. */
function NoDraft({ enrollment }: { readonly enrollment: EnrollmentBody }) {
  const { id, cadenceId, heldReason } = enrollment;
  return (
    <div className="rounded-xl border border-line bg-card p-4 text-sm">
      <p>Nothing was asked for yet, so there is no text. Give what is missing; then it goes on.</p>
      <div className="mt-3 flex flex-wrap gap-2">
        {heldReason === "endpoint_missing" || heldReason === "mailbox_missing" ? (
          <Link to="/cadences/$cadenceId" params={{ cadenceId }} className={buttonLook("primary")}>
            See the cadence
          </Link>
        ) : null}
        <Link to="/enrollments/$enrollmentId" params={{ enrollmentId: id }} className={buttonLook()}>
          See the enrollment and edit its lead
        </Link>
      </div>
    </div>
  );
}

function nameOf({ leadName, leadEmail, leadExternalId }: EnrollmentBody): string {
  return leadName ?? leadEmail ?? leadExternalId;
}
