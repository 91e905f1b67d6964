import type { TenantAccount } from "../../../../core/contract/tenant.ts";

/** After how many days what is old goes; null: never. */
export type Terms = TenantAccount["retention"];

/** What a form's text says: days, or null for an empty field. */
export function daysOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

/** The terms that would delete something that is kept today, for those must be asked first. */
export function shorterTerms(before: Terms, after: Terms): readonly (keyof Terms)[] {
  return (["bodiesDays", "logDays", "messagesDays"] as const).filter((term) => {
    const days = after[term];
    return days !== null && days < (before[term] ?? Number.POSITIVE_INFINITY);
  });
}
