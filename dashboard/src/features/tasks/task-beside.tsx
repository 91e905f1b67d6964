import { Link } from "@tanstack/react-router";
import type { Message } from "../../../../core/contract/enrollment.ts";
import type { Task } from "../../../../core/contract/task.ts";
import { useCadenceNames } from "../../api/names.ts";
import { useList } from "../../api/queries.ts";
import { Conversation } from "../../ui/conversation.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";

/** Whom it is for, and what was said so far. */
export function TaskBeside({ task }: { readonly task: Task }) {
  const { enrollmentId, cadenceId, step, leadEmail, leadExternalId, leadLinkedinUrl, createdAt } = task;
  const cadenceNames = useCadenceNames();
  const messages = useList<Message>(`/v1/enrollments/${enrollmentId}/messages`);
  return (
    <div className="min-w-0 space-y-4">
      <Card
        title="Lead"
        actions={
          <Link to="/enrollments/$enrollmentId" params={{ enrollmentId }} className="text-sm text-accent underline">
            Enrollment
          </Link>
        }
      >
        <dl className="space-y-2.5 text-sm">
          <Fact name="E-mail" value={leadEmail ?? "none"} />
          <Fact name="LinkedIn" value={leadLinkedinUrl?.replace(/^https:\/\/(?:www\.)?/, "") ?? "none"} />
          <Fact name="Your id" value={leadExternalId} />
          <Fact name="Cadence" value={`${cadenceNames[cadenceId] ?? cadenceId}, step ${step + 1}`} />
          <div>
            <dt className="text-xs text-quiet">There since</dt>
            <dd>
              <When at={createdAt} />
            </dd>
          </div>
        </dl>
      </Card>
      <Card title="The conversation so far">
        <ProblemNote error={messages.error} onRetry={() => void messages.refetch()} />
        {messages.isPending ? null : messages.rows.length === 0 ? (
          <p className="text-sm text-quiet">Nothing was said yet.</p>
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
