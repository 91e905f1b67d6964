import { Link } from "@tanstack/react-router";
import type { LogEntry } from "../../../../core/contract/log.ts";
import { useChange } from "../../api/queries.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { OutcomeBadge } from "./outcome-badge.tsx";
import { sayMs } from "./say-entry.ts";

/** Sends the same request once more, and shows what came back. */
export function Redeliver({ entry, onDone }: { readonly entry: LogEntry; readonly onDone: () => void }) {
  // The list of the log is left as it is: its tail brings the new line.
  const change = useChange<{ entry: LogEntry }>([]);
  const send = async () => {
    await change.mutateAsync({ path: `/v1/log/${entry.id}/redeliver` });
    onDone();
  };
  const answer = change.data?.entry;
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-3">
        <Confirm
          label="Send it again"
          weight="normal"
          title="Send this request again?"
          yes="Send it again"
          onYes={send}
        >
          The very same body goes to its endpoint once more, at the URL it has now, with a fresh time and signature.
          What comes back is kept in the log and changes nothing in the enrollment.
        </Confirm>
        <p className="text-xs text-quiet">Changes nothing in the enrollment.</p>
      </div>
      <div role="status">
        {answer === undefined ? null : (
          <div className="rounded-lg border border-line bg-raised p-3 text-sm">
            <p className="flex flex-wrap items-center gap-2">
              It was sent. <OutcomeBadge entry={answer} />
              <span className="text-quiet tabular-nums">{sayMs(answer.totalMs)}</span>
              <Link
                to="/log/$entryId"
                params={{ entryId: answer.id }}
                search={(search) => search}
                className="text-accent underline"
              >
                See it whole
              </Link>
            </p>
            {answer.reason === null ? null : <p className="mt-1 font-mono text-xs text-bad">{answer.reason}</p>}
            {answer.excerpt ? (
              <p className="mt-1 line-clamp-3 font-mono text-xs break-words text-quiet">{answer.excerpt}</p>
            ) : null}
          </div>
        )}
      </div>
    </div>
  );
}
