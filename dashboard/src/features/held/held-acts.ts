import type { DraftBody } from "../../../../core/contract/draft.ts";

/** What a person can do with something that is held. */
export type HeldAct = "release" | "edit" | "skip" | "retry" | "arrived" | "again";

/** A person's words in the place of what was there. */
export interface EditedWords {
  readonly subject: string | null;
  readonly body: string;
}

/** How an act is called, by which key it is done, what comes of it, and how it is told. */
export const ACTS = {
  release: { name: "Release", key: "r", what: "It goes as it is, once the gates let it.", done: "Released" },
  edit: { name: "Edit", key: "e", what: "Change the words, then send them.", done: "Sent with your words" },
  skip: { name: "Skip", key: "s", what: "This message is not sent; the cadence goes on.", done: "Skipped" },
  retry: { name: "Ask again", key: "a", what: "The endpoint is asked for a new draft.", done: "Asked again" },
  arrived: {
    name: "It arrived",
    key: "y",
    what: "It counts as sent, and the cadence goes on. It is not sent again.",
    done: "Said to have arrived",
  },
  again: {
    name: "It did not: send it again",
    key: "n",
    what: "It goes as a new message. If the first one did arrive after all, the lead has it twice.",
    done: "To be sent again",
  },
} as const satisfies Record<HeldAct, { name: string; key: string; what: string; done: string }>;

/** What can be done with this one, the likeliest first. */
export function actsFor({
  heldReason,
  body,
  about,
}: Pick<DraftBody, "heldReason" | "body" | "about">): readonly HeldAct[] {
  if (heldReason === null) return [];
  if (heldReason === "ambiguous") return ["arrived", "again", "skip"];
  const hasText = body !== null;
  return [
    ...(hasText ? (["release"] as const) : []),
    "edit",
    // An answer to a reply is not asked for again.
    ...(about === "step" ? (["retry"] as const) : []),
    "skip",
  ];
}

/** The requests that an act is, in order. */
export function requestsOf(
  act: HeldAct,
  draftId: string,
  words: EditedWords | null,
): readonly { readonly path: string; readonly body: unknown }[] {
  const at = (verb: string, body: unknown = {}) => ({ path: `/v1/drafts/${draftId}/${verb}`, body });
  switch (act) {
    case "release":
      return [at("release")];
    case "edit":
      return words === null ? [] : [at("edit", words), at("release")];
    case "skip":
      return [at("skip")];
    case "retry":
      return [at("retry")];
    case "arrived":
      return [at("settle", { arrived: true })];
    case "again":
      return [at("settle", { arrived: false })];
  }
}
