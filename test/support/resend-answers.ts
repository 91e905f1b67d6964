/**
 * What happens to one request at a double of Resend's API (`resend-double.ts`). `take_and_cut` keeps the mail and resets
 * the connection in place of the answer; `cut_at_first_bytes` resets it while the request is still coming; `drip` begins
 * an answer and never ends it; `flood` never ends one either, and is quick about it.
 */
export type ResendAnswer =
  | "take"
  | "take_and_cut"
  | "cut_at_first_bytes"
  | "cut_mid_answer"
  | "silence"
  | "drip"
  | "flood"
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

/** An error as Resend writes it. */
export function resendRefusal(
  statusCode: number,
  name: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): ResendAnswer {
  return { status: statusCode, body: JSON.stringify({ statusCode, name, message }), headers };
}
