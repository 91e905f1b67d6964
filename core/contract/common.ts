import { z } from "zod";

/** `live` reaches people; `sandbox` is what a test key sees: its own rows, and mail that goes nowhere. */
export const ModeName = z.enum(["live", "sandbox"]).meta({
  id: "Mode",
  description: "Follows from the API key, dh_live_ or dh_test_; for a person from the header `Drafthook-Mode`.",
});

/** Says which of a tenant's two modes a person asks for; a key has one of its own. */
export const MODE_HEADER = "Drafthook-Mode";

/** RFC 3339 in UTC with milliseconds, as we write it. */
export const Timestamp = z.iso.datetime().meta({ description: "RFC 3339, UTC", example: "2026-11-20T10:00:30.000Z" });

/** Milliseconds since the epoch as RFC 3339 in UTC. */
export function toTimestamp(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** RFC 3339 with any offset, as we accept it. */
export const TimestampInput = z.iso
  .datetime({ offset: true, error: "must be a time as in RFC 3339, with Z or an offset" })
  .meta({ example: "2026-11-20T10:00:30Z" });

/** The body of a request that its path says all about: what would be ignored is an error instead. */
export const NoFields = z
  .strictObject({})
  .meta({ id: "NoFields", description: "No fields; the body may be left out." });

/** The answer to a request that was taken and whose work goes on behind it. */
export const Accepted = z.strictObject({ ok: z.literal(true) }).meta({ id: "Accepted" });
