import type { CadenceVersion } from "../cadence.ts";
import type { Step } from "../contract/step.ts";
import type { Effect, Transition } from "../effects.ts";
import type { Enrollment, ReadyPhase } from "../enrollment.ts";
import type { EventOf } from "../events.ts";
import type { Facts } from "../facts.ts";
import type { GateVerdict } from "../gates/gate.ts";
import { profileIdentifier } from "../linkedin/profile-identifier.ts";
import type { LinkedinProfile } from "../linkedin/provider.ts";
import { isProfileToBeFound, standingOf, withStanding } from "../linkedin/standing.ts";
import { andThen, become, first, note, nothing } from "./build.ts";
import { closed } from "./gated.ts";
import { hold, type Kept } from "./hold.ts";
import { phaseOf } from "./lane.ts";
import { counted, newDraft } from "./new-draft.ts";
import { unreachable } from "./unreachable.ts";

type FindEffect = Extract<Effect, { readonly type: "find_profile" }>;

/** A profile that couldn't be read is looked for again after this, or what the provider said. */
const AGAIN_MS = 5 * 60_000;
const AGAIN_MAX_MS = 24 * 3600_000;
/** Each costs the account a view; after these, over some days, a person looks. */
const LOOK_UPS_MAX = 8;
/** Until the switch by which a troubled account was turned off is read. */
const TROUBLE_MS = 60_000;

/** The look at the lead's profile that this step needs first; null where nothing has to be known, or all of it is. */
export function profileToFind(
  state: Enrollment,
  step: Step | null,
  facts: Facts,
  purpose: FindEffect["purpose"],
): FindEffect | null {
  const identifier = profileIdentifier(state.lead);
  if (identifier === null || facts.linkedin === null || !isProfileToBeFound(state, step, facts)) return null;
  return { type: "find_profile", purpose, facts, account: facts.linkedin, identifier };
}

/** The profile is known, can't be reached, or has to be looked for later. What was on its way goes on by `goOn`, to its gates again. */
export function profileAnswered(
  state: Enrollment,
  event: EventOf<"profile_answered">,
  cadence: CadenceVersion,
  goOn: (state: Enrollment) => Transition,
): Transition {
  const { result, purpose, at, facts } = event;
  const phase = phaseOf(state, purpose.to === "send" ? purpose.lane : { of: "step" });
  if ((phase?.name !== "waiting" && phase?.name !== "ready") || phase.wakeAt > at) return nothing(state);
  // The lead was edited meanwhile: it is another person who was looked for.
  if (event.identifier !== profileIdentifier(state.lead)) return goOn(state);
  const gates = (verdict: GateVerdict): Transition =>
    closed(state, cadence, at, [verdict], keptOf(phase), (wakeAt, waitingFor) => ({
      ...state,
      phase: { ...phase, wakeAt, waitingFor },
    }));
  const read = { account: facts.linkedin?.id ?? null, profile: event.identifier };
  switch (result.kind) {
    case "found":
      return andThen(found(state, at, result.profile), goOn);
    case "unreachable":
      return unreachable(state, at, cadence, result.detail, "draft" in phase ? phase.draft : null);
    case "later":
      return gates({ gate: "account", read, verdict: "wait", until: result.until, reason: "profile_views_reached" });
    case "account":
      return first(
        [note(state, at, "account_troubled", { detail: { ...result.trouble } })],
        gates({ gate: "account", read, verdict: "wait", until: at + TROUBLE_MS, reason: "account_troubled" }),
        facts.linkedin === null
          ? []
          : [{ type: "pause_account", accountId: facts.linkedin.id, trouble: result.trouble }],
      );
    case "failed": {
      const lookUps = (standingOf(state).lookUps ?? 0) + 1;
      const line = note(state, at, "profile_not_read", { detail: { detail: result.detail, lookUps } });
      const counted = withStanding(state, { lookUps });
      if (lookUps >= LOOK_UPS_MAX) {
        const detail = `the LinkedIn profile couldn't be read in ${lookUps} tries: ${result.detail}`;
        return first([line], holdFor(withStanding(state, { lookUps: 0 }), at, cadence, detail, phase));
      }
      const waitMs = Math.min(Math.max(AGAIN_MS * 3 ** (lookUps - 1), result.retryAfterMs ?? 0), AGAIN_MAX_MS);
      const until = at + waitMs;
      const waitingFor = { gate: "account", read, verdict: "wait", until, reason: "profile_not_read" } as const;
      return become({ ...counted, phase: { ...phase, wakeAt: until, waitingFor } }, [line]);
    }
  }
}

/** What is held needs a name, or nobody could skip it or ask again. */
function holdFor(
  state: Enrollment,
  at: number,
  cadence: CadenceVersion,
  detail: string,
  phase: ReadyPhase | WaitingPhase,
): Transition {
  const step = cadence.steps[state.step];
  const draft = phase.name === "ready" || step === undefined ? null : newDraft(state, at, step, null);
  const kept = draft === null ? keptOf(phase) : { draft, words: null, job: null };
  return hold(draft === null ? state : counted(state), cadence, at, "profile_missing", detail, kept);
}

function keptOf(phase: ReadyPhase | WaitingPhase): Kept {
  return phase.name === "ready" ? phase : { draft: null, words: null, job: null };
}

type WaitingPhase = Extract<Enrollment["phase"], { readonly name: "waiting" }>;

function found(state: Enrollment, at: number, profile: LinkedinProfile): Transition {
  const { profileId, publicId, isConnected, isInvited } = profile;
  const known = withStanding(state, { profileId, publicId, isConnected });
  const line = note(state, at, "profile_found", { detail: { ...profile } });
  const isOpenByHand = !isConnected && isInvited === true && standingOf(state).invitation === null;
  const invitation = { id: null, at, acceptedAt: null, withdrawnAt: null };
  return become(isOpenByHand ? withStanding(known, { invitation }) : known, [line]);
}
