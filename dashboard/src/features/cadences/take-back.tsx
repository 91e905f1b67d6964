import { useNavigate } from "@tanstack/react-router";
import type { PublishedVersion } from "../../../../core/contract/cadence.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { tell } from "../../ui/toast.ts";
import { forgetKept, hasUnsaved } from "./kept-draft.ts";
import { type TaggedCadence, useCadenceChange } from "./use-cadence.ts";

/** Makes an old version the draft again: the way back from a publishing that one regrets. */
export function TakeBack({
  tagged: { cadence, etag },
  version,
}: {
  readonly tagged: TaggedCadence;
  readonly version: PublishedVersion;
}) {
  const change = useCadenceChange(cadence.id);
  const navigate = useNavigate();
  const { endpointId, mailboxId, mailboxIds, linkedinAccountId, settings, steps } = version;
  // Settings first: what stands in the way (a mailbox that is gone) is found before a step is touched.
  const takeBack = async () => {
    const changed = await change.mutateAsync({
      method: "PATCH",
      body: { ...settings, endpointId, mailboxId, mailboxIds, linkedinAccountId },
      etag,
    });
    await change.mutateAsync({ method: "PUT", path: "/steps", body: { steps }, etag: changed.etag });
    forgetKept(cadence.id);
    tell(`The draft says what version ${version.version} says.`);
    await navigate({ to: "/cadences/$cadenceId/edit", params: { cadenceId: cadence.id } });
  };
  return (
    <Confirm
      label="Make it the draft again"
      weight="normal"
      isSmall
      title={`Make version ${version.version} the draft again?`}
      yes="Make it the draft"
      onYes={takeBack}
    >
      <p>
        Its steps, settings, endpoint and mailboxes replace those of the draft. The name stays.{" "}
        {cadence.autoPublish
          ? "This cadence publishes each change at once, so new enrollments start on it then."
          : "Nothing runs on it until you publish."}{" "}
        Enrollments that are under way stay where they are.
      </p>
      {cadence.unpublishedChanges || hasUnsaved(cadence.id, cadence.steps) ? (
        <p className="mt-2 font-medium text-warn">What the draft says now was never published, and is lost by this.</p>
      ) : null}
    </Confirm>
  );
}
