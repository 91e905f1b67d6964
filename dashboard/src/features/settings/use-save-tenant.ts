import type { TenantAccount, UpdateTenant } from "../../../../core/contract/tenant.ts";
import { useChange } from "../../api/queries.ts";
import { tell } from "../../ui/toast.ts";

/** Changes the workspace, which live sending hangs on: always in live mode, and it holds for both. */
export function useSaveTenant() {
  const change = useChange<TenantAccount>(["/v1/tenant", "/v1/me", "/v1/overview", "/v1/usage"]);
  const save = async (body: UpdateTenant) => {
    await change.mutateAsync({ path: "/v1/tenant", method: "PATCH", mode: "live", body });
    tell("Saved.");
  };
  return { save, saving: change };
}
