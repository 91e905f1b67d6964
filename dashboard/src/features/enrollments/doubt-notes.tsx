import { Link } from "@tanstack/react-router";
import { CircleHelp, Hand } from "lucide-react";
import type { z } from "zod";
import type { DoubtfulMessage, EnrollmentBody } from "../../../../core/contract/enrollment.ts";
import { useChange } from "../../api/queries.ts";
import { buttonLook } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { asSentence, HELD_REASONS, inWords } from "../../ui/enrollment-words.ts";
import { When } from "../../ui/when.tsx";

interface DoubtNotesProps {
  readonly enrollment: EnrollmentBody;
  readonly mayWrite: boolean;
}

/** What of this enrollment waits for a person, and messages that may or may not have arrived. */
export function DoubtNotes({ enrollment, mayWrite }: DoubtNotesProps) {
  const { id, heldReason, heldDetail, inDoubt } = enrollment;
  const repeating = inDoubt.filter(({ repeatsAt }) => repeatsAt !== null);
  return (
    <>
      {heldReason === null ? null : (
        <div className="mb-4 flex flex-wrap items-center gap-3 rounded-xl border border-line bg-warn-soft px-4 py-3 text-sm">
          <Hand className="size-4 shrink-0 text-warn" aria-hidden />
          <p className="min-w-0 flex-1 basis-60">
            <span className="font-medium">{HELD_REASONS[heldReason]?.short ?? inWords(heldReason)}.</span>{" "}
            {heldDetail === null ? HELD_REASONS[heldReason]?.why : asSentence(heldDetail)}
          </p>
          <Link to="/held" search={{ chosen: id }} className={buttonLook("primary", true)}>
            Deal with it
          </Link>
        </div>
      )}
      {repeating.map((doubt) => (
        <Doubt key={doubt.draftId} doubt={doubt} mayWrite={mayWrite} />
      ))}
    </>
  );
}

function Doubt({
  doubt: { draftId, detail, since, repeatsAt },
  mayWrite,
}: {
  readonly doubt: z.infer<typeof DoubtfulMessage>;
  readonly mayWrite: boolean;
}) {
  const change = useChange(["/v1/enrollments", "/v1/overview"]);
  const settle = (arrived: boolean) => change.mutateAsync({ path: `/v1/drafts/${draftId}/settle`, body: { arrived } });
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3 rounded-xl border border-line bg-warn-soft px-4 py-3 text-sm">
      <CircleHelp className="size-4 shrink-0 text-warn" aria-hidden />
      <p className="min-w-0 flex-1 basis-60">
        <span className="font-medium">A message may have arrived.</span> {asSentence(detail)} Handed over{" "}
        <When at={since} />
        {repeatsAt === null ? null : (
          <>
            ; repeated <When at={repeatsAt} />
          </>
        )}
        .
      </p>
      {mayWrite ? (
        <div className="flex gap-2">
          <Confirm
            label="It arrived"
            weight="normal"
            isSmall
            title="It did arrive?"
            yes="It arrived"
            onYes={() => settle(true)}
          >
            The step counts as sent and the cadence goes on. It is not sent again.
          </Confirm>
          <Confirm
            label="Send it again"
            weight="normal"
            isSmall
            title="Send it again?"
            yes="Send it again"
            onYes={() => settle(false)}
          >
            It goes as a new message. If the first one did arrive after all, the lead has it twice.
          </Confirm>
        </div>
      ) : null}
    </div>
  );
}
