import type { Effect } from "../../core/effects.ts";
import type { EnrollmentEvent } from "../../core/events.ts";
import { askBreaker, askerOf, leaveBreaker } from "../ask-breaker.ts";
import { askContacts, noteReply, releaseContact } from "../ask-contacts.ts";
import { releaseSlot, reserveSlot } from "../ask-daily-cap.ts";
import { askForPlace, releasePlace } from "../ask-pace.ts";
import { composeMessage } from "./compose-message.ts";
import { deliverEvent } from "./deliver-event.ts";
import { composeLinkedin, findProfile, pauseAccount, restAccount } from "./linkedin.ts";
import { lookMessageUp } from "./look-message-up.ts";
import { switchOff } from "./post-to-endpoint.ts";
import { requestDraft } from "./request-draft.ts";
import { sendMessage } from "./send-message.ts";
import { type Surroundings, saying } from "./surroundings.ts";

/** An event before the object adds the time and the chance. */
export type Happened = EnrollmentEvent extends infer Event
  ? Event extends EnrollmentEvent
    ? Omit<Event, "at" | "dice" | "hurry">
    : never
  : never;

/** Does one effect and says what happened; null when there is nothing to tell the engine. */
export async function perform(
  effect: Exclude<Effect, { type: "forget_everything" }>,
  around: Surroundings,
): Promise<Happened | null> {
  const { env, state, cadence } = around;
  switch (effect.type) {
    case "read_facts":
      return around.look().then(
        ({ facts }) => ({ type: "facts_read", purpose: effect.purpose, facts }) as const,
        (error) => ({ type: "facts_unreadable", purpose: effect.purpose, detail: saying(error) }) as const,
      );
    case "reserve_slot":
      return reserveSlot(env, state.tenantId, cadence.id, effect.slot, effect).then(
        (fullFor) =>
          ({
            type: "slot_answered",
            purpose: effect.purpose,
            facts: effect.facts,
            slot: effect.slot,
            granted: fullFor === null,
            fullFor: fullFor ?? "cadence",
            opensAt: effect.opensAt,
          }) as const,
        (error) => ({ type: "facts_unreadable", purpose: effect.purpose, detail: saying(error) }) as const,
      );
    case "release_slot":
      // A slot that can't be given back now is lost for its day: one message fewer, never one too many.
      await ("day" in effect.slot
        ? releaseSlot(env, state, cadence.id, effect.slot)
        : releasePlace(env, state.tenantId, effect.slot)
      ).catch(() => undefined);
      return { type: "slot_released", slot: effect.slot };
    case "ask_contacts": {
      const { type: _, ...asked } = effect;
      return askContacts(env, state, effect.question, effect.sendKey).then(
        (answer) => ({ type: "contacts_answered", ...asked, answer }) as const,
        (error) => ({ type: "facts_unreadable", purpose: effect.purpose, detail: saying(error) }) as const,
      );
    }
    case "release_contact":
      // What can't be given back now counts for its days: one message fewer, never one too many.
      await releaseContact(env, state, effect.contact).catch(() => undefined);
      return { type: "contact_released", contact: effect.contact };
    case "note_reply":
      return noteReply(env, state, effect.emails, effect.repliedAt).then(
        () => ({ type: "reply_noted", repliedAt: effect.repliedAt, isNoted: true }) as const,
        () => ({ type: "reply_noted", repliedAt: effect.repliedAt, isNoted: false }) as const,
      );
    case "ask_place":
      return askForPlace(env, state.tenantId, effect.mailboxId, effect.ask).then(
        (answer) => ({ ...effect, type: "place_answered", answer }) as const,
        (error) => ({ type: "facts_unreadable", purpose: effect.purpose, detail: saying(error) }) as const,
      );
    case "ask_breaker":
      return askBreaker(env, state.tenantId, effect.endpointId, askerOf(effect, around.known.endpoint)).then(
        (word) => ({ type: "breaker_answered", purpose: effect.purpose, facts: effect.facts, ...word }) as const,
      );
    case "leave_place":
      await leaveBreaker(env, state.tenantId, effect.endpointId);
      return null;
    case "request_draft": {
      const draft = "draft" in state.phase ? state.phase.draft : null;
      return draft === null || draft.id !== effect.draftId || draft.attempt !== effect.attempt
        ? null
        : requestDraft(draft, around);
    }
    case "compose_message":
      return composeMessage(effect, around);
    case "compose_linkedin":
      return composeLinkedin(effect, around);
    case "find_profile":
      return findProfile(effect, around);
    case "pause_account":
      // If D1 can't note it, the next try hears it again.
      await pauseAccount(effect.accountId, effect.trouble, around).catch(() => undefined);
      return null;
    case "rest_account":
      await restAccount(effect, around).catch(() => undefined);
      return null;
    case "send_message":
      return sendMessage(effect, around);
    case "look_message_up":
      return lookMessageUp(effect, around);
    case "deliver_event": {
      const delivery = state.deliveries.find(
        (candidate) => candidate.id === effect.deliveryId && candidate.attempt === effect.attempt,
      );
      return delivery === undefined ? null : deliverEvent(delivery, around);
    }
    case "disable_endpoint":
      // If D1 can't note it, the next attempt hears 410 again.
      await switchOff(effect.endpointId, effect.reason, around).catch(() => undefined);
      return null;
  }
}
