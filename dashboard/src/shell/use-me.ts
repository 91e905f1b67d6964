import type { Me } from "../../../core/contract/member.ts";
import { useRead } from "../api/queries.ts";

/** Who is signed in, for which workspace, and what they may do. */
export function useMe() {
  return useRead<Me>("/v1/me");
}

/** Whether the person may do what needs `scope`, as `cadences:write`. False until that is known. */
export function useMay(scope: NonNullable<Me["scopes"]>[number]): boolean {
  const { data } = useMe();
  return data !== undefined && (data.scopes === null || data.scopes.includes(scope));
}
