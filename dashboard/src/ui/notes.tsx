import { CircleAlert, Inbox } from "lucide-react";
import type { ReactNode } from "react";
import { Refusal } from "../api/call.ts";
import { Button } from "./button.tsx";

/** What went wrong, in the engine's own words, with every faulty field; and a way to try again. */
export function ProblemNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  if (error === null || error === undefined) return null;
  const problem = error instanceof Refusal ? error.problem : {};
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-line bg-bad-soft px-4 py-3 text-sm">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{error instanceof Error ? error.message : "That did not work."}</p>
        {problem.errors?.length ? (
          <ul className="mt-1 list-disc pl-4">
            {problem.errors.map((fault) => {
              const place = "pointer" in fault ? fault.pointer : fault.parameter;
              return (
                <li key={`${place} ${fault.detail}`}>
                  <code className="font-mono text-xs">{place}</code> {fault.detail}
                </li>
              );
            })}
          </ul>
        ) : null}
        {problem.instance === undefined ? null : <p className="mt-1 text-xs text-quiet">Request {problem.instance}</p>}
      </div>
      {onRetry === undefined ? null : (
        <Button isSmall onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Where there is nothing: what would be here, and what to do for it. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <Inbox className="size-7 text-quiet" aria-hidden />
      <p className="font-medium">{title}</p>
      {children === undefined ? null : <div className="max-w-md text-sm text-quiet">{children}</div>}
      {action === undefined ? null : <div className="mt-2">{action}</div>}
    </div>
  );
}

/** Holds the place of what is still on its way. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div role="status" aria-label="Loading" className="animate-pulse space-y-3 py-2">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div key={line} className="h-4 rounded bg-raised" style={{ width: `${90 - ((line * 17) % 45)}%` }} />
      ))}
    </div>
  );
}
