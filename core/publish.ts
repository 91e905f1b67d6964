import type { CadenceVersion } from "./cadence.ts";
import type { Settings } from "./contract/cadence.ts";
import type { Step } from "./contract/step.ts";
import { asksEndpoint, needsLinkedinAccount, needsMailbox } from "./contract/steps.ts";

/** The draft of a cadence, as far as a publishing freezes it. */
export interface CadenceDraft {
  readonly id: string;
  readonly name: string;
  readonly settings: Settings;
  readonly steps: readonly Step[];
  readonly endpointId: string | null;
  readonly mailboxId: string | null;
  readonly mailboxIds: readonly string[];
  readonly linkedinAccountId: string | null;
}

/** What a version is: what the engine reads, and the mailbox that enrollments get that name none, or several to choose from; the LinkedIn account likewise. */
export interface VersionDraft {
  readonly definition: CadenceVersion;
  readonly mailboxId: string | null;
  readonly mailboxIds: readonly string[];
  readonly linkedinAccountId: string | null;
}

/** What has to be mended before a draft can be published, at its field. */
export interface PublishObstacle {
  readonly pointer: string;
  readonly detail: string;
}

/** Whether anything is there that could do a draft's steps. */
export interface Means {
  /** Some mailbox could send for it. */
  readonly canSend: boolean;
  /** Some LinkedIn account could act for it. */
  readonly canConnect: boolean;
}

/** The first thing that keeps this draft from being published, or null. */
export function publishObstacle(draft: CadenceDraft, { canSend, canConnect }: Means): PublishObstacle | null {
  if (draft.steps.length === 0)
    return { pointer: "/steps", detail: "a cadence needs at least one step before it can be published" };
  if (asksEndpoint(draft.steps) && draft.endpointId === null)
    return {
      pointer: "/endpointId",
      detail: 'a step with draftStrategy "webhook" asks an endpoint: set endpointId, or make the step "static"',
    };
  if (needsMailbox(draft.steps) && !canSend)
    return {
      pointer: "/mailboxId",
      detail:
        "an e-mail step needs a mailbox: make one with POST /v1/mailboxes (isDefault: true), or set the cadence's mailboxId",
    };
  if (needsLinkedinAccount(draft.steps) && !canConnect)
    return {
      pointer: "/linkedinAccountId",
      detail:
        "a LinkedIn step needs an account: make one with POST /v1/linkedin-accounts (isDefault: true), or set the cadence's linkedinAccountId",
    };
  return null;
}

/** What publishing this draft as `version` freezes. */
export function freeze(draft: CadenceDraft, version: number): VersionDraft {
  const { id, name, endpointId, settings, steps } = draft;
  return {
    definition: { id, name, version, endpointId, settings, steps },
    mailboxId: draft.mailboxId,
    mailboxIds: draft.mailboxIds,
    linkedinAccountId: draft.linkedinAccountId,
  };
}

/** Whether both say the same, whatever their numbers. */
export function sameVersion(left: VersionDraft, right: VersionDraft): boolean {
  return meaning(left) === meaning(right);
}

/** Key by key, so that the order in which something was once written doesn't count. */
function meaning({ definition, mailboxId, mailboxIds, linkedinAccountId }: VersionDraft): string {
  const { name, endpointId, settings, steps } = definition;
  return JSON.stringify([
    name,
    endpointId,
    mailboxId,
    [...mailboxIds].sort(),
    linkedinAccountId,
    sorted(settings),
    steps.map(sorted),
  ]);
}

function sorted(fields: object): [string, unknown][] {
  return Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1));
}
