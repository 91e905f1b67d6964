import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment } from "../enrollment.ts";
import type { ConnectedBy, EventOf } from "../events.ts";
import type { GateName } from "../gates/gate.ts";
import { isAboutLead, openInvitation, standingOf, withStanding } from "../linkedin/standing.ts";
import { andThen, become, first, note, nothing } from "./build.ts";
import { passDoubtful } from "./gated.ts";
import { lookAgain } from "./interrupt.ts";
import { leadEvent, tell } from "./tell.ts";

/** How often LinkedIn may refuse a message to somebody who is among the relations. */
const REFUSALS_MAX = 2;
/** These wait for the two to be connected. */
const FOR_CONNECTION: ReadonlySet<GateName> = new Set(["condition"]);

/**
 * The invitation was accepted, or the two are found to be connected. Told twice, or late, it changes nothing more. An
 * invitation in doubt is needed no more: it stays doubtful, since they may be connected by another, and the cadence goes on.
 */
export function connected(state: Enrollment, event: EventOf<"connected">, cadence: CadenceVersion): Transition {
  const { isConnected, refusals = 0 } = standingOf(state);
  if (isConnected === true || !isAboutLead(state, event.profileId)) return become(state);
  // Their list has them, and LinkedIn takes no message for them: it isn't believed for ever.
  if (event.by === "poll" && refusals >= REFUSALS_MAX) return become(state);
  return andThen(connectedWith(state, event.at, event.by, cadence), (after) => pastDoubt(after, event.at, cadence));
}

/** Past the doubt about an invitation, of whoever is connected by now. */
export function pastDoubt(state: Enrollment, at: number, cadence: CadenceVersion): Transition {
  const { phase } = state;
  const job = phase.name === "held" || phase.name === "ready" ? phase.job : null;
  const isInvitation = cadence.steps[state.step]?.kind === "linkedin_connect" && job?.channel === "linkedin";
  if (!isInvitation || job.doubt === null) return nothing(state);
  const draft = "draft" in phase ? phase.draft : null;
  return passDoubtful(state, cadence, at, job, draft, "already_connected");
}

/** The same for whoever has seen to it that it is news. What waited for it looks at its gates now. */
export function connectedWith(state: Enrollment, at: number, by: ConnectedBy, cadence: CadenceVersion): Transition {
  const { invitation } = standingOf(state);
  const isAccepted = invitation !== null && invitation.acceptedAt === null && invitation.withdrawnAt === null;
  const next = withStanding(state, {
    isConnected: true,
    invitation: isAccepted ? { ...invitation, acceptedAt: at, isTold: true } : invitation,
  });
  const line = note(state, at, "connected", { by: "linkedin", detail: { by } });
  const told =
    isAccepted && invitation.isTold !== true
      ? tell(
          next,
          cadence,
          at,
          "cadence.lead.connected",
          leadEvent(next, cadence, at, "connected", { by, invitedAt: new Date(invitation.at).toISOString() }),
          { step: null },
        )
      : become(next);
  return first(
    [line],
    andThen(told, (after) => lookAgain(after, at, FOR_CONNECTION)),
  );
}

/** The invitation is open no more. Whatever waits for it doesn't wait any longer. */
export function invitationWithdrawn(state: Enrollment, event: EventOf<"invitation_withdrawn">): Transition {
  const open = openInvitation(state);
  if (open === null || (open.id !== null && open.id !== event.invitationId)) return become(state);
  const next = withStanding(state, { invitation: { ...open, withdrawnAt: event.at } });
  return first(
    [note(state, event.at, "invitation_withdrawn", { by: event.by, subjectId: event.invitationId })],
    lookAgain(next, event.at, FOR_CONNECTION),
  );
}
