import type { DoubleAnswer } from "./api-double.ts";

/** An error as Postmark writes it. */
export function postmarkRefusal(
  status: number,
  errorCode: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): DoubleAnswer {
  return { status, body: JSON.stringify({ ErrorCode: errorCode, Message: message }), headers };
}
