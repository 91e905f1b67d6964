/** Products that break a promise on purpose: one module of the build is replaced by a file beside this one. */
export const MUTANTS = {
  "naive-resend": { replaces: "core/flow/doubt.ts", by: "naive-resend.ts" },
} as const;
export type MutantName = keyof typeof MUTANTS;

export function isMutant(name: string): name is MutantName {
  return Object.hasOwn(MUTANTS, name);
}
