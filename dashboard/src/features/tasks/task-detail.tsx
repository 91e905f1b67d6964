import { Link } from "@tanstack/react-router";
import { ArrowLeft, ExternalLink } from "lucide-react";
import type { Task } from "../../../../core/contract/task.ts";
import { Refusal } from "../../api/call.ts";
import { useRead } from "../../api/queries.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button, buttonLook } from "../../ui/button.tsx";
import { useHidden } from "../../ui/leaving.ts";
import { Empty, ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { When } from "../../ui/when.tsx";
import { KINDS } from "./task-acts.ts";
import { TaskBeside } from "./task-beside.tsx";
import { TaskDesk } from "./task-desk.tsx";

interface TaskDetailProps {
  readonly id: string;
  /** Something was said of it: the next one. */
  readonly onActed: () => void;
  readonly onBack: () => void;
}

/** One task: the words, whom they are for, and what can be said of it. */
export function TaskDetail({ id, onActed, onBack }: TaskDetailProps) {
  const hidden = useHidden();
  const task = useRead<Task>(`/v1/tasks/${id}`, {}, { everyMs: 8_000 });
  const isGone = hidden.has(id) || (task.error instanceof Refusal && task.error.status === 404);
  return (
    <article data-task-detail tabIndex={-1} aria-label="The task" className="outline-none">
      <Button isSmall weight="quiet" className="mb-2 lg:hidden" onClick={onBack}>
        <ArrowLeft className="size-4" aria-hidden /> All tasks
      </Button>
      {isGone ? (
        <Empty title="Nothing is to be done here any more">
          It was done or skipped, or it is over with its enrollment.
        </Empty>
      ) : task.data === undefined ? (
        task.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <ProblemNote error={task.error} onRetry={() => void task.refetch()} />
        )
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_18rem]">
          <div className="min-w-0 space-y-4">
            <Head task={task.data} />
            <TaskDesk key={task.data.id} task={task.data} onActed={onActed} />
          </div>
          <TaskBeside task={task.data} />
        </div>
      )}
    </article>
  );
}

function Head({ task }: { readonly task: Task }) {
  const { leadName, leadEmail, leadExternalId, leadLinkedinUrl, kind, reply, dueAt, isOverdue, isPaused, reminders } =
    task;
  return (
    <header className="flex flex-wrap items-start justify-between gap-3">
      <div className="min-w-0">
        <h2 className="text-lg font-semibold tracking-tight break-words">{leadName ?? leadEmail ?? leadExternalId}</h2>
        <p className="text-sm">
          {reply === null ? KINDS[kind] : "Answer to their reply"}, due <When at={dueAt} />{" "}
          {isOverdue ? <Badge tone="bad">{reminders > 1 ? `Overdue, ${reminders} reminders` : "Overdue"}</Badge> : null}
        </p>
        {isPaused ? (
          <p className="mt-1 text-sm text-warn">Its enrollment is paused: leave it until that goes on.</p>
        ) : null}
      </div>
      {leadLinkedinUrl === null ? (
        <Link
          to="/enrollments/$enrollmentId"
          params={{ enrollmentId: task.enrollmentId }}
          className={buttonLook("normal")}
        >
          See the enrollment
        </Link>
      ) : (
        <a
          href={leadLinkedinUrl}
          target="_blank"
          rel="noreferrer"
          aria-keyshortcuts="o"
          data-open-profile
          className={buttonLook("normal")}
        >
          <ExternalLink className="size-4" aria-hidden /> Open profile
          <kbd className="ml-1 rounded border border-current px-1 font-mono text-[11px] leading-4 opacity-75 max-lg:hidden">
            o
          </kbd>
        </a>
      )}
    </header>
  );
}
