import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import { type call, callWithTag } from "../../api/call.ts";
import { useMode } from "../../api/mode.ts";
import { refresh } from "../../api/queries.ts";

/** A cadence as it was read, with what names that state of it. */
export interface TaggedCadence {
  readonly cadence: Cadence;
  readonly etag: string | null;
}

/** A change of a cadence: what to send where under it. With `etag` only if nobody else has changed it since. */
export interface CadenceChange {
  readonly method: "PATCH" | "PUT" | "POST";
  /** Under the cadence's own path, such as `/steps`. */
  readonly path?: string;
  readonly body: unknown;
  readonly etag?: string | null;
}

/** One cadence with its etag. */
export function useCadence(cadenceId: string) {
  const mode = useMode();
  return useQuery({
    queryKey: [mode, pathOf(cadenceId), "tagged"],
    queryFn: ({ signal }) => readCadence(cadenceId, { mode, signal }),
  });
}

/** Reads a cadence with its etag, past what is kept. */
export async function readCadence(cadenceId: string, options: Parameters<typeof call>[1] = {}): Promise<TaggedCadence> {
  const { answer, etag } = await callWithTag<Cadence>(pathOf(cadenceId), options);
  return { cadence: answer, etag };
}

/** Changes a cadence; what comes back is what is shown from then on, and its figures are read again. */
export function useCadenceChange(cadenceId: string) {
  const client = useQueryClient();
  const mode = useMode();
  return useMutation<TaggedCadence, Error, CadenceChange>({
    mutationFn: async ({ method, path = "", body, etag }) => {
      const { answer, etag: next } = await callWithTag<Cadence>(pathOf(cadenceId) + path, {
        mode,
        method,
        body,
        ...(method === "POST" ? { idempotencyKey: crypto.randomUUID() } : {}),
        ...(etag == null ? {} : { ifMatch: etag }),
      });
      return { cadence: answer, etag: next };
    },
    onSuccess: (tagged) => {
      client.setQueryData([mode, pathOf(cadenceId), "tagged"], tagged);
      void refresh(client, [`${pathOf(cadenceId)}/`, "/v1/overview", "/v1/forecast"]);
      void client.invalidateQueries({ queryKey: [mode, "/v1/cadences"] });
    },
  });
}

function pathOf(cadenceId: string): string {
  return `/v1/cadences/${cadenceId}`;
}
