import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import { call } from "../../api/call.ts";
import { useMode } from "../../api/mode.ts";
import { refresh } from "../../api/queries.ts";
import type { ReadRow } from "./row-to-lead.ts";
import { useRun } from "./use-run.ts";

/** Enrolls rows one by one in the mode in which it was begun; each lead is known by its id, so nothing is done twice. */
export function useImport() {
  const client = useQueryClient();
  const mode = useMode();
  const run = useRun<ReadRow, { readonly created: boolean }>();
  const [total, setTotal] = useState(0);
  const begin = (cadence: Cadence, rows: readonly ReadRow[]) => {
    setTotal(rows.length);
    run.start({
      items: rows,
      act: ({ lead }) => call(`/v1/cadences/${cadence.id}/enrollments`, { method: "POST", body: lead, mode }),
      sort: ({ created }) => (created ? "created" : "known"),
      onEnd: () => void refresh(client, ["/v1/enrollments", "/v1/overview"]),
    });
  };
  return { ...run, total, begin };
}

/** A run of rows, and what can be done with it. */
export type Import = ReturnType<typeof useImport>;
