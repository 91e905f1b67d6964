/** What the far side breaks on purpose, to show that the checks bite: each must end with a failed check that names it. */
export const SABOTAGES = ["duplicate", "thread", "signature"] as const;
export type Sabotage = (typeof SABOTAGES)[number];

/** The lead whose second message, or first request, is tampered with. */
export const SABOTAGED_LEAD = "lead-05";

/** Whether `text` names one. */
export function isSabotage(text: string): text is Sabotage {
  return SABOTAGES.some((sabotage) => sabotage === text);
}
