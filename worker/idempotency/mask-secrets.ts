import { z } from "zod";

const Answer = z.record(z.string(), z.unknown());

/**
 * An answer as it is kept for repeats: the named top-level fields are null, and `code` says why. Text without such
 * fields comes back unchanged.
 */
export function maskSecrets(response: string, secretFields: readonly string[]): string {
  if (secretFields.length === 0) return response;
  const masked = Object.fromEntries(secretFields.map((field) => [field, null]));
  return JSON.stringify({ ...Answer.parse(JSON.parse(response)), ...masked, code: "secret_already_shown" });
}
