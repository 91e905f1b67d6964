import { useDeferredValue, useId, useState } from "react";
import type { EnrollmentSummary } from "../../../../core/contract/enrollment.ts";
import { useList, useRead } from "../../api/queries.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { plain } from "./mail-words.ts";

interface ChooseEnrollmentProps {
  readonly suggested: string | null;
  readonly firstSearch: string;
  readonly chosen: string | null;
  readonly onChoose: (enrollmentId: string) => void;
}

/** The API looks for two characters and more. */
const SEARCH_CHARACTERS_MIN = 2;

/** One enrollment out of any number, by a part of a name or an address. */
export function ChooseEnrollment({ suggested, firstSearch, chosen, onChoose }: ChooseEnrollmentProps) {
  const [text, setText] = useState(firstSearch);
  const search = useDeferredValue(text.trim());
  const group = useId();
  const named = useRead<EnrollmentSummary>(suggested === null ? null : `/v1/enrollments/${suggested}`);
  const asked = search.length < SEARCH_CHARACTERS_MIN ? {} : { search };
  const list = useList<EnrollmentSummary>("/v1/enrollments", { ...asked, limit: 20 });
  const others = list.rows.filter(({ id }) => id !== suggested);
  const rows = named.data === undefined ? others : [named.data, ...others];
  return (
    <div className="space-y-3">
      <TextField
        label="Look for the enrollment"
        hint="A part of the lead's name, address or id."
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending ? <Skeleton /> : null}
      <fieldset>
        <legend className="sr-only">Enrollments</legend>
        <div className="max-h-72 overflow-y-auto rounded-lg border border-line">
          {rows.map((row) => (
            <label
              key={row.id}
              className="flex items-center gap-3 border-b border-line px-3 py-2 text-sm last:border-b-0 hover:bg-raised has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name={group}
                className="size-4 shrink-0 accent-(--accent)"
                checked={row.id === chosen}
                onChange={() => onChoose(row.id)}
              />
              <span className="min-w-0 flex-1">
                <bdi className="block truncate font-medium">{row.leadName ?? row.leadExternalId}</bdi>
                <span className="block truncate text-xs text-quiet">{row.leadEmail ?? row.leadExternalId}</span>
              </span>
              {row.id === suggested ? <Badge tone="info">The mail names it</Badge> : null}
              <Badge>{plain(row.state)}</Badge>
            </label>
          ))}
          {list.hasNextPage ? (
            <div className="flex justify-center p-2">
              <Button isSmall weight="quiet" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Look further
              </Button>
            </div>
          ) : null}
          {list.isSuccess && rows.length === 0 && !list.hasNextPage ? (
            <p className="px-3 py-6 text-center text-sm text-quiet">No enrollment has that in its name or address.</p>
          ) : null}
        </div>
      </fieldset>
    </div>
  );
}
