import type { FromDomain, Mailbox } from "../../../../core/contract/mailbox.ts";
import { useChange } from "../../api/queries.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";

/** Whether the owner of the domain has let this workspace send for it, and the record that says so. */
export function DomainCard({ mailbox, mayWrite }: { readonly mailbox: Mailbox; readonly mayWrite: boolean }) {
  const change = useChange<FromDomain>(["/v1/mailboxes"]);
  const { name, isVerified, record } = mailbox.fromDomain;
  return (
    <Card
      title={`Domain ${name}`}
      actions={<Badge tone={isVerified ? "good" : "warn"}>{isVerified ? "verified" : "not verified"}</Badge>}
    >
      <div className="space-y-4 text-sm">
        <p className="text-quiet">
          {isVerified
            ? "The domain's owner lets this workspace send for it, by this record in DNS. Leave it there."
            : "Set this record in DNS where the domain is kept, then look for it here. Where the installation asks for it, nothing is sent to people before that."}
        </p>
        <dl className="grid grid-cols-[4rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-raised px-3 py-2">
          {(["type", "name", "value"] as const).map((part) => (
            <div key={part} className="contents">
              <dt className="text-xs text-quiet">{{ type: "Type", name: "Name", value: "Value" }[part]}</dt>
              <dd className="font-mono text-xs break-all">{record[part]}</dd>
              <dd>{part === "type" ? null : <CopyButton text={record[part]} />}</dd>
            </div>
          ))}
        </dl>
        <ProblemNote error={change.error} />
        <div className="flex flex-wrap items-center gap-3">
          {mayWrite ? (
            <Button
              isBusy={change.isPending}
              onClick={() => change.mutate({ path: `/v1/mailboxes/${mailbox.id}/verify-domain` })}
            >
              {isVerified ? "Look again" : "Look for it in DNS"}
            </Button>
          ) : null}
          <p role="status" className="text-xs text-quiet">
            {change.data === undefined
              ? ""
              : change.data.isVerified
                ? "It was found. The domain is verified."
                : "It isn't there yet. DNS may take some minutes, with some hosts hours."}
          </p>
        </div>
      </div>
    </Card>
  );
}
