/** Products that break a promise on purpose: one module of the build is replaced by a file beside this one. */
export const MUTANTS = {
  "naive-resend": { replaces: "core/flow/doubt.ts", by: "naive-resend.ts" },
  "unlooked-resend": { replaces: "core/flow/doubt.ts", by: "unlooked-resend.ts" },
  "lost-acceptance": { replaces: "durable-objects/perform/send-message.ts", by: "lost-acceptance.ts" },
} as const;
export type MutantName = keyof typeof MUTANTS;

export function isMutant(name: string): name is MutantName {
  return Object.hasOwn(MUTANTS, name);
}
