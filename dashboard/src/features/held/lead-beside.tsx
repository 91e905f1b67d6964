import { Link } from "@tanstack/react-router";
import type { EnrollmentBody, Message } from "../../../../core/contract/enrollment.ts";
import { useList } from "../../api/queries.ts";
import { Conversation } from "../../ui/conversation.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";

/** Who it is for, what the cadence knows of them, and what was said so far. */
export function LeadBeside({ enrollment }: { readonly enrollment: EnrollmentBody }) {
  const { id, leadEmail, leadExternalId, leadTimeZone, context, currentStep } = enrollment;
  const messages = useList<Message>(`/v1/enrollments/${id}/messages`);
  return (
    <div className="min-w-0 space-y-4">
      <Card
        title="Lead"
        actions={
          <Link to="/enrollments/$enrollmentId" params={{ enrollmentId: id }} className="text-sm text-accent underline">
            Enrollment
          </Link>
        }
      >
        <dl className="space-y-2.5 text-sm">
          <Fact name="E-mail" value={leadEmail ?? "none"} />
          <Fact name="Your id" value={leadExternalId} />
          {leadTimeZone === null ? null : <Fact name="Time zone" value={leadTimeZone} />}
          <Fact name="Step" value={String(currentStep + 1)} />
          {Object.entries(context).map(([key, value]) => (
            <Fact key={key} name={key} value={typeof value === "string" ? value : JSON.stringify(value)} />
          ))}
        </dl>
      </Card>
      <Card title="The conversation so far">
        <ProblemNote error={messages.error} onRetry={() => void messages.refetch()} />
        {messages.isPending ? null : messages.rows.length === 0 ? (
          <p className="text-sm text-quiet">Nothing was sent yet: this is the first message.</p>
        ) : (
          <Conversation messages={messages.rows} />
        )}
      </Card>
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt className="text-xs break-words text-quiet">{name}</dt>
      <dd className="wrap-anywhere">{value}</dd>
    </div>
  );
}
