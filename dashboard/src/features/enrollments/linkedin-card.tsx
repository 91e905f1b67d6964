import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { EnrollmentBody } from "../../../../core/contract/enrollment.ts";
import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import { useChange, useList } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { faultAt, TextAreaField } from "../../ui/field.tsx";
import { Card } from "../../ui/page.tsx";
import { tell, tellFault } from "../../ui/toast.ts";
import { When } from "../../ui/when.tsx";

interface LinkedinCardProps {
  readonly enrollment: EnrollmentBody;
  readonly mayWrite: boolean;
}

const TOUCHES = ["/v1/enrollments", "/v1/tasks", "/v1/overview", "/v1/threads"];

/** How the lead and the account stand on LinkedIn, and what a person saw there. Nothing where no account acts. */
export function LinkedinCard({ enrollment, mayWrite }: LinkedinCardProps) {
  const { linkedin, task } = enrollment;
  const accounts = useList<LinkedinAccount>("/v1/linkedin-accounts", {}, { staleMs: 60_000 });
  if (linkedin === null && task === null) return null;
  const account = accounts.rows.find(({ id }) => id === linkedin?.accountId);
  return (
    <Card title={linkedin === null ? "Task" : "LinkedIn"}>
      <div className="space-y-4">
        <dl className="space-y-3 text-sm">
          {task === null ? null : (
            <Fact name="To be done by a person">
              <Link to="/tasks" search={{ chosen: task.draftId }} className="text-accent underline">
                See the task
              </Link>
              , due <When at={task.dueAt} />
            </Fact>
          )}
          {linkedin === null ? null : (
            <>
              <Fact name="Account">
                <Link
                  to="/linkedin/$accountId"
                  params={{ accountId: linkedin.accountId }}
                  className="text-accent underline"
                >
                  {account?.name ?? linkedin.accountId}
                </Link>
              </Fact>
              <Fact name="Connection">
                <Connection linkedin={linkedin} />
              </Fact>
              {linkedin.unreachable === null ? null : <Fact name="Not reachable">{linkedin.unreachable}</Fact>}
            </>
          )}
        </dl>
        {mayWrite && linkedin !== null ? <Seen enrollment={enrollment} isConnected={linkedin.isConnected} /> : null}
      </div>
    </Card>
  );
}

function Connection({ linkedin }: { readonly linkedin: NonNullable<EnrollmentBody["linkedin"]> }) {
  const { isConnected, invitedAt, acceptedAt, withdrawnAt } = linkedin;
  if (isConnected === true)
    return acceptedAt === null ? (
      "Connected"
    ) : (
      <>
        Connected, accepted <When at={acceptedAt} />
      </>
    );
  if (withdrawnAt !== null)
    return (
      <>
        Invitation withdrawn <When at={withdrawnAt} />
      </>
    );
  if (invitedAt !== null)
    return (
      <>
        Invited <When at={invitedAt} />, not accepted yet
      </>
    );
  return isConnected === false ? "Not connected" : "Not known yet";
}

function Seen({
  enrollment: { id },
  isConnected,
}: Pick<LinkedinCardProps, "enrollment"> & { isConnected: boolean | null }) {
  const change = useChange(TOUCHES);
  const accepted = () =>
    change.mutateAsync({ path: `/v1/enrollments/${id}/connected`, body: {} }).then(() => tell("Connected."), tellFault);
  return (
    <div className="flex flex-wrap gap-2">
      {isConnected === true ? null : (
        <Button isSmall isBusy={change.isPending} onClick={() => void accepted()}>
          They accepted
        </Button>
      )}
      <ToldReply id={id} />
    </div>
  );
}

function ToldReply({ id }: { readonly id: string }) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const change = useChange(TOUCHES);
  const send = async () => {
    await change.mutateAsync({ path: `/v1/enrollments/${id}/linkedin-replies`, body: { text } });
    setOpen(false);
    setText("");
    tell("Their reply is taken.");
  };
  return (
    <>
      <Button isSmall onClick={() => setOpen(true)}>
        They replied…
      </Button>
      <Dialog
        title="What did they write?"
        description="It is taken as a reply that came in by itself: it stands in the conversation, your endpoint is told, and it ends the cadence where a reply does."
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      >
        <DialogForm
          onSubmit={send}
          onCancel={() => setOpen(false)}
          yes="Take it"
          isBusy={change.isPending}
          isOff={text.trim() === ""}
          error={change.error}
        >
          <TextAreaField
            label="Their words"
            rows={6}
            autoFocus
            value={text}
            fault={faultAt(change.error, "/text")}
            onChange={({ target }) => setText(target.value)}
          />
        </DialogForm>
      </Dialog>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs break-words text-quiet">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
