import { Link } from "@tanstack/react-router";
import { useEffect, useId, useRef } from "react";
import type { TaskSummary } from "../../../../core/contract/task.ts";
import { Badge } from "../../ui/badge.tsx";
import { When } from "../../ui/when.tsx";
import { useZone } from "../../ui/zone.ts";
import { KINDS } from "./task-acts.ts";
import { groupTasks, type TaskGroup } from "./task-groups.ts";

interface TaskListProps {
  readonly tasks: readonly TaskSummary[];
  readonly chosen: string | undefined;
  readonly cadenceNames: Readonly<Record<string, string>>;
}

/** What is to be done, by when. */
export function TaskList({ tasks, ...rest }: TaskListProps) {
  const groups = groupTasks(tasks, Date.now(), useZone());
  return (
    <div className="space-y-4">
      {groups.map((group) => (
        <Group key={group.name} group={group} {...rest} />
      ))}
    </div>
  );
}

function Group({ group, chosen, cadenceNames }: Omit<TaskListProps, "tasks"> & { readonly group: TaskGroup }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <h2
        id={heading}
        className={`mb-1.5 px-1 text-xs font-semibold ${group.name === "Overdue" ? "text-bad" : "text-quiet"}`}
      >
        {group.name} <span className="font-normal tabular-nums">{group.tasks.length}</span>
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-card">
        {group.tasks.map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            isChosen={task.id === chosen}
            cadence={cadenceNames[task.cadenceId] ?? task.cadenceId}
          />
        ))}
      </ul>
    </section>
  );
}

interface TaskRowProps {
  readonly task: TaskSummary;
  readonly isChosen: boolean;
  readonly cadence: string;
}

function TaskRow({ task, isChosen, cadence }: TaskRowProps) {
  const { id, kind, step, leadName, leadEmail, leadExternalId, dueAt, isPaused } = task;
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) place.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    <li ref={place} className="scroll-my-16">
      <Link
        to="/tasks"
        search={(before) => ({ ...before, chosen: id })}
        replace
        resetScroll={false}
        aria-current={isChosen ? "true" : undefined}
        className="block border-l-3 border-transparent px-3 py-2.5 text-sm hover:bg-raised aria-[current]:border-accent aria-[current]:bg-raised max-lg:border-transparent! max-lg:bg-card!"
      >
        <span className="flex items-baseline justify-between gap-3">
          <span className="min-w-0 truncate font-medium">{leadName ?? leadEmail ?? leadExternalId}</span>
          {isPaused ? <Badge tone="warn">Paused</Badge> : null}
        </span>
        <span className="block truncate">{KINDS[kind]}</span>
        <span className="block truncate text-xs text-quiet">
          {cadence}, step {step + 1}
        </span>
        <span className="block text-xs text-quiet">
          <When at={dueAt} />
        </span>
      </Link>
    </li>
  );
}
