import { useNavigate, useSearch } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import type { TaskSummary } from "../../../../core/contract/task.ts";
import { useCadenceNames } from "../../api/names.ts";
import { useList } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { FilterBar, SelectFilter } from "../../ui/filters.tsx";
import { useHidden } from "../../ui/leaving.ts";
import { ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { KINDS } from "./task-acts.ts";
import { TaskDetail } from "./task-detail.tsx";
import { TaskList } from "./task-list.tsx";

/** Everything that a person has to do, one after the other, by the keyboard. */
export function TasksScreen() {
  const { chosen, ...filter } = useSearch({ from: "/tasks" });
  const navigate = useNavigate({ from: "/tasks" });
  const cadenceNames = useCadenceNames();
  const hidden = useHidden();
  const list = useList<TaskSummary>("/v1/tasks", filter, { everyMs: 8_000 });
  const tasks = list.rows.filter(({ id }) => !hidden.has(id));
  // On a wide screen there is always one beside the list; on a phone the list is a screen of its own.
  const shown = chosen ?? tasks[0]?.id;
  const at = tasks.findIndex(({ id }) => id === shown);
  const choose = (id: string | undefined) =>
    void navigate({
      search: { ...filter, ...(id === undefined ? {} : { chosen: id }) },
      replace: true,
      resetScroll: false,
    });
  const neighbour = (step: 1 | -1) => tasks[at === -1 ? 0 : at + step]?.id;
  const [next, before] = [() => choose(neighbour(1) ?? shown), () => choose(neighbour(-1) ?? shown)];
  useKeys({
    ...{ j: next, arrowdown: next, k: before, arrowup: before },
    enter: () => document.querySelector<HTMLElement>("[data-task-detail]")?.focus(),
  });
  const goOn = () => choose(tasks.find(({ id }, index) => index > at && id !== shown)?.id ?? neighbour(-1));
  const isFiltered = Object.keys(filter).length > 0;

  return (
    <Page
      title="Tasks"
      beside={
        tasks.length > 0 ? (
          <span className="text-sm text-quiet">
            {tasks.length}
            {list.hasNextPage ? "+" : ""} to do
          </span>
        ) : null
      }
      lead={
        tasks.length > 0 ? (
          <span className="max-lg:hidden">
            <Key>j</Key> and <Key>k</Key> go down and up, <Key>c</Key> copies the words, <Key>o</Key> opens the profile,{" "}
            <Key>d</Key> says that it is done. Everything can be undone for five seconds.
          </span>
        ) : undefined
      }
    >
      {tasks.length > 0 || isFiltered ? <Filters cadenceNames={cadenceNames} /> : null}
      {list.isPending ? (
        <Skeleton lines={8} />
      ) : (
        <>
          <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
          {tasks.length === 0 && chosen === undefined ? (
            list.error === null && <AllDone isFiltered={isFiltered} />
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
              <nav
                aria-label="What is to be done"
                className={`lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto ${chosen === undefined ? "" : "max-lg:hidden"}`}
              >
                <TaskList tasks={tasks} chosen={shown} cadenceNames={cadenceNames} />
                {list.hasNextPage ? (
                  <div className="mt-2 flex justify-center">
                    <Button isSmall isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                      More
                    </Button>
                  </div>
                ) : null}
              </nav>
              <div className={`min-w-0 ${chosen === undefined ? "max-lg:hidden" : ""}`}>
                {shown === undefined ? null : (
                  <TaskDetail key={shown} id={shown} onActed={goOn} onBack={() => choose(undefined)} />
                )}
              </div>
            </div>
          )}
        </>
      )}
    </Page>
  );
}

const DUE = { true: "Overdue" } as const;

function Filters({ cadenceNames }: { readonly cadenceNames: Readonly<Record<string, string>> }) {
  const { chosen: _, ...filter } = useSearch({ from: "/tasks" });
  const navigate = useNavigate({ from: "/tasks" });
  const accounts = useList<LinkedinAccount>("/v1/linkedin-accounts", {}, { staleMs: 60_000 });
  const names = Object.fromEntries(accounts.rows.map(({ id, name }) => [id, name]));
  const set = (part: Partial<typeof filter>) => void navigate({ search: { ...filter, ...part }, replace: true });
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <FilterBar onClear={isFiltered ? () => void navigate({ search: {}, replace: true }) : undefined}>
      <SelectFilter label="Kind" value={kindOf(filter.kind)} options={KINDS} onChange={(kind) => set({ kind })} />
      <SelectFilter
        label="Cadence"
        value={filter.cadenceId}
        options={cadenceNames}
        onChange={(cadenceId) => set({ cadenceId })}
      />
      {accounts.rows.length === 0 ? null : (
        <SelectFilter
          label="Account"
          value={filter.accountId}
          options={names}
          onChange={(accountId) => set({ accountId })}
        />
      )}
      <SelectFilter
        label="Due"
        value={filter.overdue === "true" ? "true" : undefined}
        options={DUE}
        onChange={(overdue) => set({ overdue })}
      />
    </FilterBar>
  );
}

function kindOf(text: string | undefined): keyof typeof KINDS | undefined {
  return (Object.keys(KINDS) as (keyof typeof KINDS)[]).find((kind) => kind === text);
}

function AllDone({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-xl border border-line bg-card px-6 py-20 text-center">
      <span className="rounded-full bg-good-soft p-4">
        <CircleCheck className="size-9 text-good" aria-hidden />
      </span>
      <p className="text-lg font-semibold tracking-tight">
        {isFiltered ? "No task is like that" : "There is nothing to do"}
      </p>
      <p className="max-w-md text-sm text-quiet">
        A cadence's steps of the kind Task come here, and its LinkedIn steps where the account is looked after by a
        person: with the words to copy and the profile to open. What you say is done moves the cadence on.
      </p>
    </div>
  );
}

function Key({ children }: { readonly children: string }) {
  return <kbd className="rounded border border-line bg-raised px-1.5 font-mono text-xs text-ink">{children}</kbd>;
}
