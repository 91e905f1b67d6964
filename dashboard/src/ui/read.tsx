import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemNote, Skeleton } from "./notes.tsx";

interface ReadProps<Answer> {
  readonly of: Pick<UseQueryResult<Answer>, "data" | "error" | "refetch">;
  readonly lines?: number;
  readonly children: (answer: Answer) => ReactNode;
}

/** Shows what was read, or that it is on its way, or why it can't be. What was read before stays beside a failure. */
export function Read<Answer>({ of: { data, error, refetch }, lines = 4, children }: ReadProps<Answer>) {
  return (
    <>
      {error === null ? null : <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null && <Skeleton lines={lines} /> : children(data)}
    </>
  );
}
