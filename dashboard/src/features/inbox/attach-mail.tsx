import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { InboundMailText } from "../../../../core/contract/inbound.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { tell } from "../../ui/toast.ts";
import { ChooseEnrollment } from "./choose-enrollment.tsx";

/** A person says whose mail it is. */
export function AttachMail({ mail }: { readonly mail: InboundMailText }) {
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(mail.suggestedEnrollmentId);
  const change = useChange<InboundMailText>(["/v1/inbound", "/v1/threads", "/v1/enrollments", "/v1/overview"]);
  const navigate = useNavigate();
  const attach = async () => {
    if (chosen === null) return;
    await change.mutateAsync({ path: `/v1/inbound/${mail.id}/attach`, body: { enrollmentId: chosen } });
    tell("Attached.");
    setOpen(false);
    void navigate({ to: "/inbox/$enrollmentId", params: { enrollmentId: chosen } });
  };
  return (
    <>
      <Button weight="primary" onClick={() => setOpen(true)}>
        Attach to…
      </Button>
      <Dialog
        title="Whose mail is it?"
        description={sayWhatItDoes(mail.kind)}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isWide
      >
        <DialogForm
          onSubmit={() => attach()}
          onCancel={() => setOpen(false)}
          yes="Attach"
          isBusy={change.isPending}
          isOff={chosen === null}
          error={change.error}
        >
          <ChooseEnrollment
            suggested={mail.suggestedEnrollmentId}
            firstSearch={mail.fromEmail ?? ""}
            chosen={chosen}
            onChoose={setChosen}
          />
        </DialogForm>
      </Dialog>
    </>
  );
}

/** What attaching a mail of this kind does to its enrollment. */
export function sayWhatItDoes(kind: string): string {
  const tail = "Your endpoint is told of it, and it can't be taken back.";
  if (kind === "human")
    return `It then counts like any reply: it may stop or pause the cadence, as its settings say. ${tail}`;
  if (kind === "bounce") return `It then counts like any bounce: the cadence stops if the address is dead. ${tail}`;
  if (kind === "unsubscribe" || kind === "complaint")
    return `It then counts like any other of its kind: the cadence stops, and the person is not written to any more. ${tail}`;
  return `It then stands in the conversation and counts like any other mail of its kind. ${tail}`;
}
