import type { DoubleAnswer } from "./api-double.ts";

/** An error as SES writes it: its name in a header. */
export function sesRefusal(
  status: number,
  name: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): DoubleAnswer {
  return {
    status,
    body: JSON.stringify({ message }),
    headers: { "x-amzn-errortype": `${name}:http://internal.amazon.com/coral/${name}/`, ...headers },
  };
}
