/** One lead, and what happens to them on LinkedIn. */
export interface Player {
  readonly externalId: string;
  readonly name: string;
  /** The last part of their profile's URL. */
  readonly publicId: string;
  readonly part: Part;
}

export type Part =
  | "accepts_at_once"
  | "told_late"
  | "hook_lost"
  | "never_accepts"
  | "connected_already"
  | "replies"
  | "unreachable"
  | "account_restricted";

export const CAST: readonly Player[] = [
  { externalId: "lead-1", name: "Chloé 陳 D'Arcy", publicId: "chloe-darcy", part: "accepts_at_once" },
  { externalId: "lead-2", name: "Björk Guðmundsdóttir", publicId: "bjoerk-g", part: "told_late" },
  { externalId: "lead-3", name: "Ngozi Okafor", publicId: "ngozi-okafor", part: "hook_lost" },
  { externalId: "lead-4", name: "Jan de Vries", publicId: "jan-de-vries", part: "never_accepts" },
  { externalId: "lead-5", name: "José Núñez", publicId: "jose-nunez", part: "connected_already" },
  { externalId: "lead-6", name: "Ana Souza", publicId: "ana-souza", part: "replies" },
  { externalId: "lead-7", name: "Li Wei", publicId: "li-wei-gone", part: "unreachable" },
  { externalId: "lead-8", name: "Maya Cohen", publicId: "maya-cohen", part: "account_restricted" },
];

/** How a lead's enrollment must stand at the end, and what each side must have seen of it. */
export interface Ending {
  readonly state: "completed" | "active" | "exited";
  readonly exitReason: string | null;
  /** What became of each step that is passed, in order. */
  readonly outcomes: readonly string[];
  /** Why it still waits; null where it doesn't. */
  readonly waitsFor: string | null;
  readonly invitations: number;
  readonly messages: number;
  readonly mails: number;
  /** Who may have found out that the invitation was accepted; nobody where it wasn't. A poll may be quicker than any hook. */
  readonly connectedBy: readonly ("hook" | "poll")[];
  readonly inWords: string;
}

const ALL_SENT: Omit<Ending, "inWords"> = {
  ...{ state: "completed" as const, exitReason: null, outcomes: ["sent", "sent", "sent"], waitsFor: null },
  ...{ invitations: 1, messages: 1, mails: 1, connectedBy: ["hook", "poll"] as const },
};

export const ENDINGS: Readonly<Record<Part, Ending>> = {
  accepts_at_once: { ...ALL_SENT, inWords: "accepts at once" },
  told_late: { ...ALL_SENT, inWords: "accepts; the hook is late" },
  hook_lost: { ...ALL_SENT, connectedBy: ["poll"], inWords: "accepts; the hook is lost" },
  never_accepts: {
    ...{ state: "active", exitReason: null, outcomes: ["sent"], waitsFor: "not_accepted_yet" },
    ...{ invitations: 1, messages: 0, mails: 0, connectedBy: [], inWords: "doesn't accept" },
  },
  connected_already: {
    ...{ ...ALL_SENT, outcomes: ["skipped: already_connected", "sent", "sent"] },
    ...{ invitations: 0, connectedBy: [], inWords: "was connected before" },
  },
  replies: {
    ...{ ...ALL_SENT, state: "exited", exitReason: "replied", outcomes: ["sent", "sent", "stopped: replied"] },
    ...{ messages: 2, mails: 0, inWords: "replies, and is answered" },
  },
  unreachable: {
    ...{ ...ALL_SENT, outcomes: ["skipped: linkedin_unreachable", "skipped: linkedin_unreachable", "sent"] },
    ...{ invitations: 0, messages: 0, connectedBy: [], inWords: "isn't on LinkedIn any more" },
  },
  account_restricted: {
    ...{ state: "active", exitReason: null, outcomes: [], waitsFor: "account_troubled" },
    ...{ invitations: 0, messages: 0, mails: 0, connectedBy: [], inWords: "the account is restricted" },
  },
};
