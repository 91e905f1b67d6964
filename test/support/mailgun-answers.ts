import type { DoubleAnswer } from "./api-double.ts";

/** An error as Mailgun writes it. */
export function mailgunRefusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): DoubleAnswer {
  return { status, body: JSON.stringify({ message }), headers };
}
