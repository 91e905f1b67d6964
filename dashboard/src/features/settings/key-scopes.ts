import type { ApiKey } from "../../../../core/contract/api-key.ts";

type Scope = NonNullable<ApiKey["scopes"]>[number];

/** A part of the API that a key can be let into. */
export type Chapter = Scope extends `${infer Name}:${string}` ? Name : never;

/** How far a key is let into a chapter. */
export type Reach = "none" | "read" | "write";

/** The chapters in the engine's order, each with what it holds. */
export const CHAPTERS = {
  cadences: "Cadences and their steps",
  enrollments: "Enrollments, drafts and held messages",
  log: "The delivery log",
  inbound: "Mail that came in",
  endpoints: "Endpoints and their secrets",
  mailboxes: "Mailboxes",
  linkedin: "LinkedIn accounts",
  sandbox: "Sandbox mail",
  suppressions: "Suppressions",
  tenant: "The workspace's settings and usage",
  audit: "The audit log",
  data: "Everything at once: exports, imports, erasures",
  keys: "API keys",
  members: "Members and invitations",
} as const satisfies Record<Chapter, string>;

/** Their names in order. */
export const CHAPTER_NAMES = Object.keys(CHAPTERS) as readonly Chapter[];

/** The scopes that a choice for each chapter comes to; `write` reads too, so it stands alone. */
export function scopesOf(reaches: Readonly<Partial<Record<Chapter, Reach>>>): readonly Scope[] {
  return CHAPTER_NAMES.flatMap((chapter): readonly Scope[] => {
    const reach = reaches[chapter] ?? "none";
    return reach === "none" ? [] : [`${chapter}:${reach}`];
  });
}

/** What a key may, in some words: "Everything", or its chapters. */
export function sayScopes(scopes: readonly Scope[] | null): string {
  if (scopes === null) return "Everything";
  const writes = scopes.filter((scope) => scope.endsWith(":write")).map(chapterOf);
  const reads = scopes.map(chapterOf).filter((chapter) => !writes.includes(chapter));
  return [
    writes.length === 0 ? "" : `writes ${writes.join(", ")}`,
    reads.length === 0 ? "" : `reads ${reads.join(", ")}`,
  ]
    .filter(Boolean)
    .join("; ");
}

/** Addresses as somebody typed them, one a line or with commas between. */
export function addressesIn(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== "");
}

function chapterOf(scope: Scope): string {
  return scope.slice(0, scope.indexOf(":"));
}
