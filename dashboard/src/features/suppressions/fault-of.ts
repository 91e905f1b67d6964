import { Refusal } from "../../api/call.ts";

const PLACE = /^\/entries\/(\d+)\/value$/;
const NAMED_MAX = 5;

/** Which of those that were typed can't be taken, by their own words; undefined where the refusal is about something else. */
export function faultOf(error: unknown, asked: readonly string[]): string | undefined {
  if (!(error instanceof Refusal)) return undefined;
  const faulty = (error.problem.errors ?? []).flatMap((fault) => {
    const index = "pointer" in fault ? PLACE.exec(fault.pointer)?.[1] : undefined;
    const value = index === undefined ? undefined : asked[Number(index)];
    return value === undefined ? [] : [`“${value}”`];
  });
  if (faulty.length === 0) return undefined;
  const named = faulty.slice(0, NAMED_MAX).join(", ");
  const more = faulty.length > NAMED_MAX ? ` and ${faulty.length - NAMED_MAX} more` : "";
  return `Nothing was added: ${named}${more} ${faulty.length === 1 ? "is" : "are"} neither an e-mail address nor a domain.`;
}
