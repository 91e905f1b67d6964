import { z } from "zod";
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from "../../adapters/auth/open-auth.ts";
import type { ApiContext } from "../api.ts";
import { problem } from "../problem.ts";
import { sayInvalid } from "../validation.ts";

/** What a request holds, or the answer to one that doesn't fit. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly answer: Response };

/** Reads the JSON body of a request by a strict schema. */
export async function readBody<Schema extends z.ZodType>(
  c: ApiContext,
  schema: Schema,
): Promise<Read<z.output<Schema>>> {
  let json: unknown;
  try {
    json = await c.req.json();
  } catch {
    return { ok: false, answer: problem(c, "invalid_json", "The body can't be read as JSON.") };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const answer = await sayInvalid({ success: false, error: parsed.error, target: "json" }, c);
  if (answer === undefined) throw new Error("a body that doesn't fit was found to fit");
  return { ok: false, answer };
}

/** An e-mail address as accounts keep it. */
export const Email = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email({ error: "must be an e-mail address" }).max(254));

/** A password that is tried: whatever it is, within what a new one may be. */
export const TriedPassword = z.string().min(1).max(PASSWORD_CHARACTERS_MAX);

export const NewPassword = z
  .string()
  .min(PASSWORD_CHARACTERS_MIN, { error: `must have at least ${PASSWORD_CHARACTERS_MIN} characters` })
  .max(PASSWORD_CHARACTERS_MAX);

/** What stands in a link. */
export const Token = z.string().min(1).max(200);
