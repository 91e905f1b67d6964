import type { Message } from "../../../../core/contract/enrollment.ts";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { useList } from "../../api/queries.ts";
import { Code } from "../../ui/code.tsx";
import { DownloadButton } from "../../ui/download.tsx";
import { Card } from "../../ui/page.tsx";
import { Fact, Facts, WhereFrom } from "./facts.tsx";

/** A message of the conversation, as the log has it. */
export function MessageEntry({ entry }: { readonly entry: LogEntry }) {
  const thread = useList<Message>(`/v1/enrollments/${entry.enrollmentId}/messages`, { limit: 200 });
  const message = thread.rows.find(({ id }) => id === entry.subjectId);
  const subject = message?.subject ?? textAt(entry.detail, "subject");
  return (
    <div className="grid items-start gap-5 *:min-w-0 lg:grid-cols-2">
      <Card title={subject ?? "No subject"}>
        <p className="text-sm break-words whitespace-pre-wrap">{message?.text ?? entry.excerpt}</p>
        {message === undefined ? (
          <p className="mt-3 text-xs text-quiet">
            {thread.isPending ? "The whole text is on its way." : "The log keeps the first 200 characters."}
          </p>
        ) : null}
      </Card>
      <div className="space-y-5">
        <Card title="About it">
          <Facts>
            <Address name="From" of={message?.from} />
            <Address name="To" of={message?.to} />
            <WhereFrom entry={entry} />
            <Fact name="Message-ID" copy={message?.messageId ?? textAt(entry.detail, "messageId")} />
            <Fact name="Id" copy={entry.subjectId} />
          </Facts>
          {entry.what === "out" && entry.subjectId !== null ? (
            <div className="mt-4">
              <DownloadButton
                path={`/v1/messages/${entry.subjectId}/evidence`}
                name={`evidence-${entry.subjectId}.json`}
              >
                Save its evidence
              </DownloadButton>
            </div>
          ) : null}
        </Card>
        <Code label="Detail" text={JSON.stringify(entry.detail)} language="json" />
      </div>
    </div>
  );
}

function Address({ name, of }: { readonly name: string; readonly of: string | null | undefined }) {
  if (of === null || of === undefined) return null;
  return (
    <Fact name={name}>
      <span className="break-all">{of}</span>
    </Fact>
  );
}

function textAt(detail: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = detail[name];
  return typeof value === "string" ? value : null;
}
