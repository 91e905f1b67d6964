import type { EndpointHealth } from "../../../../core/contract/endpoint-health.ts";
import { useRead } from "../../api/queries.ts";

/** How an endpoint did in the last `hours`; asked again every half minute while the page is seen. */
export function useHealth(endpointId: string, hours: number) {
  return useRead<EndpointHealth>(`/v1/endpoints/${endpointId}/health`, { hours }, { everyMs: 30_000, keep: true });
}
