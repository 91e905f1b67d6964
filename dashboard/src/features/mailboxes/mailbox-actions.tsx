import { useNavigate } from "@tanstack/react-router";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useChange } from "../../api/queries.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { tell } from "../../ui/toast.ts";
import { EditMailbox } from "./edit-mailbox.tsx";

/** What can be done with a mailbox. */
export function MailboxActions({ mailbox }: { readonly mailbox: Mailbox }) {
  const navigate = useNavigate();
  const change = useChange(["/v1/mailboxes", "/v1/overview"]);
  const path = `/v1/mailboxes/${mailbox.id}`;
  const patch = (body: object) => change.mutateAsync({ path, method: "PATCH", body });
  const remove = async () => {
    await change.mutateAsync({ path, method: "DELETE" });
    tell(`${mailbox.name} is gone.`);
    void navigate({ to: "/mailboxes" });
  };
  return (
    <>
      <EditMailbox mailbox={mailbox} />
      {mailbox.isDefault ? null : (
        <Confirm
          label="Make default"
          weight="normal"
          title={`Make ${mailbox.name} the default?`}
          yes="Make it the default"
          onYes={() => patch({ isDefault: true })}
        >
          It sends wherever neither the enrollment nor the cadence names a mailbox, in place of the one that does now.
        </Confirm>
      )}
      {mailbox.enabled ? (
        <Confirm
          label="Pause"
          weight="normal"
          title={`Pause ${mailbox.name}?`}
          yes="Pause it"
          onYes={() => patch({ enabled: false })}
        >
          Nothing is sent from it until it is resumed. What is due waits.
        </Confirm>
      ) : (
        <Confirm
          label="Resume"
          weight="primary"
          title={`Resume ${mailbox.name}?`}
          yes="Resume it"
          onYes={() => patch({ enabled: true })}
        >
          {mailbox.pausedReason === null ? null : (
            <p className="mb-2">
              It was paused by itself: {mailbox.pausedReason}. Look into that first, or it will be paused again.
            </p>
          )}
          What waits for it goes on, as far as its caps have room.
        </Confirm>
      )}
      <Confirm label="Delete" title={`Delete ${mailbox.name}?`} yes="Delete it" onYes={remove}>
        Only a mailbox that no cadence, no published version and no enrollment in flight names can be deleted. To stop
        sending from it, pause it.
      </Confirm>
    </>
  );
}
