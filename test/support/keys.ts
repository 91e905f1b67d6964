import { api } from "./worker.ts";

/** A new key of the tenant whose key asks, by the API itself. Throws what the API said when it isn't made. */
export async function madeKey(
  by: string,
  wish: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly id: string; readonly key: string }> {
  const made = await api(by).post("/v1/keys", { name: "made for a test", ...wish });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return { id: made.body.id, key: made.body.key };
}
