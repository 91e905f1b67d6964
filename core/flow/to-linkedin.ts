import type { CadenceVersion } from "../cadence.ts";
import type { Channel, Step } from "../contract/step.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment, ReadyPhase, Words } from "../enrollment.ts";
import type { Lane } from "../events.ts";
import type { Facts } from "../facts.ts";
import type { GateVerdict } from "../gates/gate.ts";
import { MESSAGE_CHARACTERS_MAX, noteCharactersMax } from "../linkedin/account.ts";
import type { OutgoingLinkedin } from "../linkedin/provider.ts";
import { standingOf } from "../linkedin/standing.ts";
import { sendKey } from "../send-key.ts";
import { become } from "./build.ts";
import { holdLane } from "./lane.ts";

/** Why these words don't fit, as a sentence; null where they do. Nothing is ever cut: whose words should be lost? */
export function tooLongFor(channel: Channel, step: Step | null, { text }: Words, facts: Facts): string | null {
  if (channel !== "linkedin" || facts.linkedin === null) return null;
  const isNote = step?.kind === "linkedin_connect";
  const most = isNote ? noteCharactersMax(facts.linkedin.plan) : MESSAGE_CHARACTERS_MAX;
  // As LinkedIn counts: in UTF-16, where an emoji is two.
  const characters = text.length;
  if (characters <= most) return null;
  const where = isNote ? `the note of an invitation from a ${facts.linkedin.plan} account` : "a LinkedIn message";
  return `the text has ${characters} characters, and ${where} may have ${most}: edit it, or ask again`;
}

/** The bytes for the provider are made next. */
export function composeLinkedin(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: ReadyPhase,
  step: Step | null,
  cadence: CadenceVersion,
  gates: readonly GateVerdict[],
): Transition {
  const { profileId, chatId } = standingOf(state);
  const { words } = phase;
  if (profileId === null)
    return holdLane(state, at, lane, phase, "profile_missing", "the lead's LinkedIn profile isn't known", cadence);
  const outgoing: OutgoingLinkedin =
    step?.kind === "linkedin_connect"
      ? { act: "connect", profileId, text: words.text === "" ? null : words.text }
      : { act: "message", profileId, chatId, text: words.text };
  return become(state, [], [{ type: "compose_linkedin", lane, sendKey: sendKey(state, lane), words, outgoing, gates }]);
}
