import { Link } from "@tanstack/react-router";
import type { Message } from "../../../../core/contract/enrollment.ts";
import { useList } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Conversation } from "../../ui/conversation.tsx";
import { Empty, ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";

/** The mails as they look to the lead. */
export function ConversationPart({ id, everyMs }: { readonly id: string; readonly everyMs: number }) {
  const list = useList<Message>(`/v1/enrollments/${id}/messages`, {}, { everyMs });
  if (list.isPending) return <Skeleton lines={8} />;
  const hasReply = list.rows.some(({ direction }) => direction === "in");
  return (
    <Card
      title="As it looks to the lead"
      actions={
        hasReply ? (
          <Link to="/inbox/$enrollmentId" params={{ enrollmentId: id }} className="text-sm text-accent underline">
            In the inbox
          </Link>
        ) : null
      }
    >
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {list.rows.length === 0 && list.error === null ? (
        <Empty title="No mail yet">What is sent, and what they answer, stands here as a conversation.</Empty>
      ) : (
        <Conversation messages={list.rows} />
      )}
      {list.hasNextPage ? (
        <div className="mt-3 flex justify-center">
          <Button isSmall isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Later mails
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
