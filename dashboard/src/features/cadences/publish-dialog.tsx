import { Link } from "@tanstack/react-router";
import type { Cadence, PublishedVersion } from "../../../../core/contract/cadence.ts";
import { useList } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { faultAt } from "../../ui/field.tsx";
import { ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { tell } from "../../ui/toast.ts";
import { definitionOf, draftOf } from "./definition.ts";
import { DiffView } from "./diff-view.tsx";
import { useFunnel } from "./funnel.ts";
import { hasUnsaved } from "./kept-draft.ts";
import { sayEnrollments } from "./switch-cadence.tsx";
import { type TaggedCadence, useCadenceChange } from "./use-cadence.ts";
import { useNames } from "./use-names.ts";
import { diffDefinitions } from "./version-diff.ts";

/** Publishes the draft, when one has seen what of it is new and whom it doesn't touch. */
export function PublishDialog({ tagged, onClose }: { readonly tagged: TaggedCadence; readonly onClose: () => void }) {
  const { cadence, etag } = tagged;
  const change = useCadenceChange(cadence.id);
  const next = (cadence.version ?? 0) + 1;
  const publish = async () => {
    const { cadence: now } = await change.mutateAsync({ method: "POST", path: "/publish", body: {}, etag });
    tell(`Version ${now.version} is published. New enrollments start on it.`);
    onClose();
  };
  const isBlocked = cadence.steps.length === 0;
  return (
    <Dialog title={`Publish version ${next}`} isOpen onClose={onClose} isWide>
      <div className="space-y-4">
        <Unsaved cadence={cadence} />
        {cadence.steps.length === 0 ? (
          <p className="text-sm">It has no steps yet. Add one, then publish.</p>
        ) : cadence.version === null ? (
          <p className="text-sm">
            Its {cadence.steps.length === 1 ? "one step and its" : `${cadence.steps.length} steps and their`} settings
            are frozen as version 1. Leads can be enrolled from then on; nothing is sent before there are some.
          </p>
        ) : (
          <Changes cadence={cadence} version={cadence.version} />
        )}
        <ProblemNote error={change.error} />
        <WhereToMend error={change.error} cadenceId={cadence.id} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            weight="primary"
            disabled={isBlocked}
            isBusy={change.isPending}
            onClick={() => void publish().catch(() => {})} // it is shown above
          >
            Publish version {next}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** The newest version is the one that runs. */
function Changes({ cadence, version }: { readonly cadence: Cadence; readonly version: number }) {
  const versions = useList<PublishedVersion>(`/v1/cadences/${cadence.id}/versions`, { limit: 1 });
  const funnel = useFunnel(cadence.id, String(version));
  const nameOf = useNames();
  const running = versions.rows[0];
  return (
    <>
      <p className="rounded-lg bg-info-soft px-3 py-2 text-sm text-info">
        Nobody in flight is hit. {sayThose(funnel.data?.states, version)} New enrollments start on version {version + 1}
        .
      </p>
      <h3 className="text-sm font-medium">What changes against version {version}</h3>
      {versions.error === null ? null : <ProblemNote error={versions.error} onRetry={() => void versions.refetch()} />}
      {running === undefined ? (
        versions.isPending && <Skeleton />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section aria-label="What changes" tabIndex={0} className="max-h-[45dvh] overflow-y-auto">
          <DiffView diff={diffDefinitions(definitionOf(running), draftOf(cadence), nameOf)} />
        </section>
      )}
    </>
  );
}

function sayThose(
  states: { readonly active: number; readonly paused: number; readonly held: number } | undefined,
  version: number,
): string {
  if (states === undefined) return `Each enrollment stays on the version it began with, to its end.`;
  const count = states.active + states.paused + states.held;
  if (count === 0) return `No enrollment is under way on version ${version}.`;
  return `${sayEnrollments(count)} under way on version ${version} ${count === 1 ? "stays" : "stay"} on it to the end.`;
}

function Unsaved({ cadence: { id, steps } }: { readonly cadence: Cadence }) {
  if (!hasUnsaved(id, steps)) return null;
  return (
    <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
      The editor holds changes that aren't saved. They aren't part of this.
    </p>
  );
}

function WhereToMend({ error, cadenceId }: { readonly error: unknown; readonly cadenceId: string }) {
  if (faultAt(error, "/endpointId") === undefined && faultAt(error, "/mailboxId") === undefined) return null;
  return (
    <p className="text-sm">
      <Link to="/cadences/$cadenceId/settings" params={{ cadenceId }} className="text-accent underline">
        Choose it in the settings
      </Link>
    </p>
  );
}
