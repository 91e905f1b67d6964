import type { DoubleAnswer } from "./api-double.ts";

/** An error as Resend writes it. */
export function resendRefusal(
  statusCode: number,
  name: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): DoubleAnswer {
  return { status: statusCode, body: JSON.stringify({ statusCode, name, message }), headers };
}
