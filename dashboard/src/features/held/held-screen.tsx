import { useNavigate, useSearch } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import type { EnrollmentSummary } from "../../../../core/contract/enrollment.ts";
import { useCadenceNames } from "../../api/names.ts";
import { useList } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { useHidden } from "../../ui/leaving.ts";
import { ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { HeldDetail } from "./held-detail.tsx";
import { HeldList } from "./held-list.tsx";

/** Everything that waits for a person, one after the other, by the keyboard. */
export function HeldScreen() {
  const { chosen } = useSearch({ from: "/held" });
  const navigate = useNavigate({ from: "/held" });
  const cadenceNames = useCadenceNames();
  const hidden = useHidden();
  const list = useList<EnrollmentSummary>("/v1/enrollments", { held: "true" }, { everyMs: 8_000 });
  const rows = list.rows.filter(({ draftId }) => draftId === null || !hidden.has(draftId));
  // On a wide screen there is always one beside the list; on a phone the list is a screen of its own.
  const shown = chosen ?? rows[0]?.id;
  const at = rows.findIndex(({ id }) => id === shown);
  const choose = (id: string | undefined) =>
    void navigate({ search: id === undefined ? {} : { chosen: id }, replace: true, resetScroll: false });
  const neighbour = (step: 1 | -1) => rows[at === -1 ? 0 : at + step]?.id;
  useKeys({
    j: () => choose(neighbour(1) ?? shown),
    k: () => choose(neighbour(-1) ?? shown),
    enter: () => document.querySelector<HTMLElement>("[data-held-detail]")?.focus(),
  });
  const goOn = () => choose(rows.find(({ id }, index) => index > at && id !== shown)?.id ?? neighbour(-1));

  return (
    <Page
      title="Held"
      beside={
        rows.length > 0 ? <span className="text-sm text-quiet">{sayCount(rows.length, list.hasNextPage)}</span> : null
      }
      lead={
        rows.length > 0 ? (
          <span className="max-lg:hidden">
            <Key>j</Key> and <Key>k</Key> go down and up, <Key>Enter</Key> goes to the message. Everything can be undone
            for five seconds.
          </span>
        ) : undefined
      }
    >
      {list.isPending ? (
        <Skeleton lines={8} />
      ) : (
        <>
          <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
          {rows.length === 0 && chosen === undefined ? (
            list.error === null && <AllClear />
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
              <nav
                aria-label="What is held"
                className={`lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto ${chosen === undefined ? "" : "max-lg:hidden"}`}
              >
                <HeldList rows={rows} chosen={shown} cadenceNames={cadenceNames} />
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
                  <HeldDetail key={shown} id={shown} onActed={goOn} onBack={() => choose(undefined)} />
                )}
              </div>
            </div>
          )}
        </>
      )}
    </Page>
  );
}

function AllClear() {
  return (
    <div className="flex flex-col items-center gap-3 rounded-xl border border-line bg-card px-6 py-20 text-center">
      <span className="rounded-full bg-good-soft p-4">
        <CircleCheck className="size-9 text-good" aria-hidden />
      </span>
      <p className="text-lg font-semibold tracking-tight">Nothing waits for you</p>
      <p className="max-w-md text-sm text-quiet">
        Every message is on its way or done. What needs your eyes comes here: drafts to be looked at, drafts that
        failed, and sends of which nobody knows whether they arrived.
      </p>
    </div>
  );
}

function Key({ children }: { readonly children: string }) {
  return <kbd className="rounded border border-line bg-raised px-1.5 font-mono text-xs text-ink">{children}</kbd>;
}

function sayCount(count: number, hasMore: boolean): string {
  return `${count}${hasMore ? "+" : ""} ${count === 1 ? "waits" : "wait"}`;
}
