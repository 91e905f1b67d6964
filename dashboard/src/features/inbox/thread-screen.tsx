import { Link, useParams, useSearch } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import type { EnrollmentBody } from "../../../../core/contract/enrollment.ts";
import { useList, useRead } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { Read } from "../../ui/read.tsx";
import { LeadBeside } from "./lead-beside.tsx";
import { rootOf } from "./mail-words.ts";
import { MessageIn, type MessageWithMail } from "./message-in.tsx";
import { MessageOut } from "./message-out.tsx";

/** One conversation as the lead knows it, and who the lead is. */
export function ThreadScreen() {
  const { enrollmentId } = useParams({ from: "/inbox/$enrollmentId" });
  const query = useSearch({ from: "/inbox" });
  const enrollment = useRead<EnrollmentBody>(`/v1/enrollments/${enrollmentId}`, {}, { everyMs: 15_000 });
  const messages = useList<MessageWithMail>(`/v1/enrollments/${enrollmentId}/messages`, {}, { everyMs: 5_000 });
  return (
    <div key={enrollmentId} className="@container p-4">
      <Link
        to="/inbox"
        search={query}
        className="mb-3 inline-flex min-h-6 items-center gap-1.5 text-sm text-accent lg:hidden"
      >
        <ArrowLeft className="size-4" aria-hidden /> All conversations
      </Link>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 @3xl:grid-cols-[minmax(0,1fr)_16rem]">
        <aside aria-label="The lead" className="min-w-0 @3xl:order-last">
          <Read of={enrollment}>{(lead) => <LeadBeside lead={lead} />}</Read>
        </aside>
        <div className="min-w-0">
          {messages.isPending ? <Skeleton lines={8} /> : null}
          {messages.error === null ? null : (
            <ProblemNote error={messages.error} onRetry={() => void messages.refetch()} />
          )}
          {messages.isSuccess && messages.rows.length === 0 ? (
            <p className="py-10 text-center text-sm text-quiet">Nothing was written in this conversation yet.</p>
          ) : null}
          <ol className="space-y-4">
            {messages.rows.map((message, index) => {
              const before = messages.rows[index - 1];
              const subject = rootOf(message.subject) === rootOf(before?.subject ?? null) ? null : message.subject;
              return (
                <li key={message.id}>
                  {message.direction === "out" ? (
                    <MessageOut message={message} subject={subject} />
                  ) : (
                    <MessageIn message={message} subject={subject} leadEmail={enrollment.data?.leadEmail ?? null} />
                  )}
                </li>
              );
            })}
          </ol>
          {messages.hasNextPage ? (
            <div className="mt-4 flex justify-center">
              <Button isSmall isBusy={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
                Later messages
              </Button>
            </div>
          ) : null}
        </div>
      </div>
    </div>
  );
}
