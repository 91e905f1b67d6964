import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { EnrollmentBody } from "../../../../core/contract/enrollment.ts";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useList } from "../../api/queries.ts";
import { Card } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";

/** Who the lead is, and by which mailbox they are written to. */
export function LeadCard({ enrollment }: { readonly enrollment: EnrollmentBody }) {
  const { context } = enrollment;
  const mailbox = useMailbox(enrollment.inboxId);
  return (
    <Card title="Lead">
      <dl className="space-y-3 text-sm">
        <Fact name="E-mail">{enrollment.leadEmail ?? "none"}</Fact>
        <Fact name="Your id">
          <span className="font-mono text-xs">{enrollment.leadExternalId}</span>
        </Fact>
        {enrollment.leadTimeZone === null ? null : <Fact name="Time zone">{enrollment.leadTimeZone}</Fact>}
        {enrollment.leadCountry === null ? null : <Fact name="Country">{enrollment.leadCountry}</Fact>}
        {enrollment.leadLinkedinUrl === null ? null : (
          <Fact name="LinkedIn">
            <a
              href={enrollment.leadLinkedinUrl}
              rel="noreferrer noopener"
              target="_blank"
              className="text-accent underline"
            >
              Profile
            </a>
          </Fact>
        )}
        {enrollment.leadProfileUrn === null ? null : <Fact name="Profile URN">{enrollment.leadProfileUrn}</Fact>}
        <Fact name="Mailbox">
          {enrollment.inboxId === null ? (
            "none"
          ) : (
            <Link
              to="/mailboxes/$mailboxId"
              params={{ mailboxId: enrollment.inboxId }}
              className="text-accent underline"
            >
              {mailbox ?? enrollment.inboxId}
            </Link>
          )}
        </Fact>
        <Fact name="Enrolled">
          <When at={enrollment.createdAt} />
        </Fact>
        {enrollment.replyCount > 0 ? <Fact name="Replies">{enrollment.replyCount}</Fact> : null}
        <Fact name="Enrollment">
          <span className="font-mono text-xs break-all">{enrollment.id}</span>
        </Fact>
      </dl>
      {Object.keys(context).length === 0 ? null : (
        <>
          <h3 className="mt-5 mb-2 text-sm font-semibold">Context</h3>
          <dl className="space-y-3 text-sm">
            {Object.entries(context).map(([key, value]) => (
              <Fact key={key} name={key}>
                {typeof value === "string" ? value : <code className="font-mono text-xs">{JSON.stringify(value)}</code>}
              </Fact>
            ))}
          </dl>
        </>
      )}
    </Card>
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

function useMailbox(id: string | null): string | undefined {
  const { rows } = useList<Mailbox>("/v1/mailboxes", {}, { staleMs: 60_000 });
  return rows.find((mailbox) => mailbox.id === id)?.email;
}
