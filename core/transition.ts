import type { CadenceVersion } from "./cadence.ts";
import type { Transition } from "./effects.ts";
import type { Enrollment } from "./enrollment.ts";
import type { EnrollmentEvent, EventOf, Purpose } from "./events.ts";
import { alarmFired, contactReleased, replyNoted, slotReleased } from "./flow/alarm.ts";
import { eventDelivered, replyCompletionReceived } from "./flow/answer-reply.ts";
import {
  breakerAnswered,
  contactsForDraft,
  factsForDraft,
  factsForRetry,
  factsUnreadable,
  placeForDraft,
  slotForDraft,
} from "./flow/asking.ts";
import { andThen } from "./flow/build.ts";
import { connected, invitationWithdrawn } from "./flow/connected.ts";
import { completionReceived, draftAnswered } from "./flow/decide.ts";
import { deliveryReported } from "./flow/delivery-reported.ts";
import { draftFailed } from "./flow/draft-failed.ts";
import { editLead, enrolledAnew, pause, resume, unenroll, woken } from "./flow/interrupt.ts";
import { edit, release, retry, settleSend, skipHeld } from "./flow/person.ts";
import { profileAnswered } from "./flow/profile.ts";
import { replyReceived } from "./flow/receive.ts";
import { contactRefused } from "./flow/refuse-contact.ts";
import { composed, composeFailed, contactsForSend, factsForSend, placeForSend, slotForSend } from "./flow/send.ts";
import { lookedUp, sendFinished } from "./flow/sent.ts";
import { dropUnnamed } from "./flow/stored-bytes.ts";
import { contactsForTask, factsForTask, taskDone, taskNotConnected, taskSkipped } from "./flow/task.ts";
import { deliverDue, putOff, undelivered } from "./flow/tell.ts";

/** What effects answer with. They are performed by an alarm run only, so what they lead to may be begun at once. */
const ANSWERS: ReadonlySet<EnrollmentEvent["type"]> = new Set([
  "facts_read",
  "facts_unreadable",
  "slot_answered",
  "slot_released",
  "contacts_answered",
  "contact_released",
  "reply_noted",
  "place_answered",
  "breaker_answered",
  "draft_answered",
  "draft_failed",
  "profile_answered",
  "message_composed",
  "compose_failed",
  "send_finished",
  "message_looked_up",
  "event_delivered",
  "event_undelivered",
  "event_put_off",
]);

/** The whole engine on one screen: alarm -> gates -> draft -> decide -> gates -> send -> log -> next. */
export function transition(state: Enrollment, event: EnrollmentEvent, cadence: CadenceVersion): Transition {
  const answered = move(state, event, cadence);
  // What has to be told is claimed in the commit that it is told of: an event costs one commit more and not two.
  const moved = ANSWERS.has(event.type) ? andThen(answered, (after) => deliverDue(after, event.at)) : answered;
  if (moved.state === state) return moved;
  return {
    ...moved,
    state: { ...moved.state, revision: state.revision + 1 },
    writes: [...moved.writes, ...dropUnnamed(state, moved.state)],
  };
}

function move(state: Enrollment, event: EnrollmentEvent, cadence: CadenceVersion): Transition {
  switch (event.type) {
    case "alarm_fired":
      return alarmFired(state, event, cadence); //        any       -> looks, leases that ran out, events that are due
    case "facts_read":
      return factsRead(state, event, cadence); //         waiting | resting | ready -> drafting | sending | held | later
    case "facts_unreadable":
      return factsUnreadable(state, event); //            waiting | resting | ready -> later
    case "slot_answered":
      return slotAnswered(state, event, cadence); //      waiting | ready -> drafting | sending | tomorrow
    case "place_answered":
      return placeAnswered(state, event, cadence); //     waiting | ready -> drafting | sending | later
    case "slot_released":
      return slotReleased(state, event, cadence); //      any       -> same; a step that waited for it goes on
    case "contacts_answered":
      return contactsAnswered(state, event, cadence); //  waiting | ready -> drafting | sending | later | finished
    case "contact_released":
      return contactReleased(state, event, cadence); //   any       -> same; a step that waited for it goes on
    case "reply_noted":
      return replyNoted(state, event);
    case "breaker_answered":
      return breakerAnswered(state, event, cadence); //   waiting | resting -> drafting | later
    case "draft_answered":
      return draftAnswered(state, event, cadence); //     drafting  -> ready | expecting | waiting | held | finished
    case "draft_failed":
      return draftFailed(state, event, cadence); //       drafting  -> resting | held | ready | waiting | finished
    case "completion_received":
      return completionReceived(state, event, cadence); // expecting -> ready | waiting | held | finished
    case "profile_answered": //                            waiting | ready -> same, to its gates again
      return profileAnswered(state, event, cadence, (after) =>
        factsRead(after, { ...event, type: "facts_read" }, cadence),
      );
    case "message_composed":
      return composed(state, event); //                   ready     -> sending
    case "compose_failed":
      return composeFailed(state, event, cadence); //     ready     -> held
    case "send_finished":
      return sendFinished(state, event, cadence); //      sending   -> waiting | ready | held | finished
    case "send_reported": //                               held | ready -> waiting | finished
      return sendFinished(state, { ...event, type: "send_finished" }, cadence);
    case "delivery_reported":
      return deliveryReported(state, event, cadence); //  any       -> finished | same
    case "message_looked_up":
      return lookedUp(state, event, cadence); //          held      -> waiting | finished | same
    case "reply_received":
      return replyReceived(state, event, cadence); //     any       -> finished | same
    case "event_delivered":
      return eventDelivered(state, event, cadence); //    any       -> what the customer says to a reply
    case "event_undelivered":
      return undelivered(state, event, cadence);
    case "event_put_off":
      return putOff(state, event);
    case "reply_completion_received":
      return replyCompletionReceived(state, event, cadence);
    case "connected":
      return connected(state, event, cadence); //         waiting   -> same; what waited for it goes on
    case "invitation_withdrawn":
      return invitationWithdrawn(state, event); //        waiting   -> same
    case "task_done":
      return taskDone(state, event, cadence); //          tasked    -> waiting | finished
    case "task_skipped":
      return taskSkipped(state, event, cadence); //       tasked    -> waiting | finished
    case "task_not_connected":
      return taskNotConnected(state, event, cadence); //  tasked    -> waiting
    case "pause_requested":
      return pause(state, event.at, event.by);
    case "resume_requested":
      return resume(state, event);
    case "unenroll_requested":
      return unenroll(state, event, cadence);
    case "contact_refused":
      return contactRefused(state, event, cadence); //    any       -> finished
    case "enrolled_anew":
      return enrolledAnew(state, event.at); //            finished  -> finished for good
    case "woken":
      return woken(state, event);
    case "lead_edited":
      return editLead(state, event);
    case "draft_released":
      return release(state, event); //                    held      -> ready
    case "draft_edited":
      return edit(state, event);
    case "draft_skipped":
      return skipHeld(state, event, cadence); //          held      -> waiting | finished
    case "draft_retried":
      return retry(state, event, cadence); //             held      -> waiting
    case "send_settled":
      return settleSend(state, event, cadence); //        held      -> ready | waiting | finished
    default:
      return unreachable(event);
  }
}

function factsRead(state: Enrollment, event: EventOf<"facts_read">, cadence: CadenceVersion): Transition {
  const { purpose } = event;
  if (purpose.to === "draft") return factsForDraft(state, event, cadence);
  if (isOfTask(state, purpose)) return factsForTask(state, event, cadence);
  return purpose.to === "retry"
    ? factsForRetry(state, event, cadence)
    : factsForSend(state, event, purpose.lane, cadence);
}

function slotAnswered(state: Enrollment, event: EventOf<"slot_answered">, cadence: CadenceVersion): Transition {
  return event.purpose.to === "send"
    ? slotForSend(state, event, event.purpose.lane, cadence)
    : slotForDraft(state, event, cadence);
}

function contactsAnswered(state: Enrollment, event: EventOf<"contacts_answered">, cadence: CadenceVersion): Transition {
  if (isOfTask(state, event.purpose)) return contactsForTask(state, event, cadence);
  return event.purpose.to === "send"
    ? contactsForSend(state, event, event.purpose.lane, cadence)
    : contactsForDraft(state, event, cadence);
}

function placeAnswered(state: Enrollment, event: EventOf<"place_answered">, cadence: CadenceVersion): Transition {
  return event.purpose.to === "send"
    ? placeForSend(state, event, event.purpose.lane, cadence)
    : placeForDraft(state, event, cadence);
}

/** What a look before a send is for where a person does the step. */
function isOfTask({ phase }: Enrollment, purpose: Purpose): boolean {
  return purpose.to === "send" && purpose.lane.of === "step" && phase.name === "tasked";
}

function unreachable(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`);
}
