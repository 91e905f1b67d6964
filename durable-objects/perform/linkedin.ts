import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import type { LinkedinRecord } from "../../adapters/d1/facts.ts";
import { restLinkedinAccount } from "../../adapters/d1/linkedin-accounts.ts";
import { putContact } from "../../adapters/d1/linkedin-contacts.ts";
import { type LinkedinWay, linkedinProviderFor } from "../../adapters/linkedin/provider-for.ts";
import type { Effect } from "../../core/effects.ts";
import type { Enrollment } from "../../core/enrollment.ts";
import type { EventOf } from "../../core/events.ts";
import { OTHER_ACCOUNT } from "../../core/flow/sent.ts";
import type { AccountTrouble, LinkedinSendResult } from "../../core/linkedin/provider.ts";
import { standingOf } from "../../core/linkedin/standing.ts";
import type { LookUpResult } from "../../core/mail/outgoing.ts";
import { capZone } from "../../core/pace/cap-zone.ts";
import { anyTime } from "../../core/pace/openings.ts";
import { UNPACED } from "../../core/pace/settings.ts";
import { askForPlace } from "../ask-pace.ts";
import { atMost } from "../at-most.ts";
import { stopAccount } from "../stop-account.ts";
import { type Surroundings, saying } from "./surroundings.ts";

type Timeless<Event> = Event extends unknown ? Omit<Event, "at" | "dice" | "hurry"> : never;

/** How long D1, and the queue of jobs, may take to note something about an account. */
const NOTE_TIMEOUT_MS = 10_000;

/**
 * Asks the provider who the lead is there, once for each: it costs the account a profile view. Who they are stands in
 * D1 before anything is sent to them, so that whatever they answer finds its enrollment.
 */
export async function findProfile(
  effect: Extract<Effect, { type: "find_profile" }>,
  { env, state, cadence, known }: Surroundings,
): Promise<Timeless<EventOf<"profile_answered" | "facts_unreadable">>> {
  const { purpose, facts, account, identifier } = effect;
  const { tenantId, mode, id: enrollmentId } = state;
  const answered = { type: "profile_answered", purpose, facts, identifier } as const;
  try {
    const timeZone = capZone(account.timeZone, facts.tenant.timeZone, "account").timeZone;
    const place = await askForPlace(env, tenantId, `${account.id}/profile-views`, {
      // Each try costs a view of its own.
      id: `${enrollmentId} ${identifier} ${standingOf(state).lookUps ?? 0}`,
      to: "claim",
      repeats: false,
      pace: { ...UNPACED, dailySendCap: account.profileViewsPerDay },
      timeZone,
      opening: anyTime(timeZone),
    });
    if (!place.granted) return { ...answered, result: { kind: "later", until: place.until } };
    const { provider } = await wayOf(env, tenantId, known.linkedin);
    const result = await provider.findProfile(identifier);
    if (result.kind === "found") {
      const { profileId, publicId } = result.profile;
      const open = { invitedAt: null, invitationId: null, acceptedAt: null, withdrawnAt: null };
      const person = {
        tenantId,
        mode,
        enrollmentId,
        accountId: account.id,
        cadenceId: cadence.id,
        profileId,
        publicId,
      };
      await atMost(NOTE_TIMEOUT_MS, "D1", () => putContact(env.DB, { ...person, ...open, revision: 0 }, Date.now()));
    }
    return { ...answered, result };
  } catch (error) {
    return { type: "facts_unreadable", purpose, detail: saying(error) };
  }
}

/** Makes the exact bytes of what the provider is to be asked for. */
export async function composeLinkedin(
  effect: Extract<Effect, { type: "compose_linkedin" }>,
  { env, state, known }: Surroundings,
): Promise<Timeless<EventOf<"message_composed" | "compose_failed">>> {
  const { lane, words, sendKey, outgoing, gates } = effect;
  const intentAt = Date.now();
  const way = await wayOf(env, state.tenantId, known.linkedin).catch(saying);
  if (typeof way === "string") {
    const detail = `the stored settings or the key of the LinkedIn account can't be read; save both again, then release the draft (${way.slice(0, 300)})`;
    return { type: "compose_failed", lane, detail };
  }
  const payload = way.provider.compose(outgoing, intentAt);
  return {
    type: "message_composed",
    lane,
    to: outgoing.profileId,
    payload,
    words,
    job: {
      sendKey,
      provider: way.provider.name,
      channel: "linkedin",
      sha256: await sha256Hex(payload),
      messageId: "",
      keepsMessageId: false,
      idempotencyWindowMs: null,
      intentAt,
      tries: 0,
      gates,
      account: way.account,
      lookUps: 0,
    },
  };
}

/** Hands the stored bytes to the provider of the account, these and no others. */
export async function sendByLinkedin(
  effect: Extract<Effect, { type: "send_message" }>,
  payload: string | null,
  { env, state, known }: Surroundings,
): Promise<LinkedinSendResult> {
  const { linkedin } = known;
  if (payload === null || linkedin === null || linkedin.provider !== effect.provider)
    return {
      kind: "not_sent",
      code: "not_ready",
      detail: "the stored message or its LinkedIn account is not there; nothing was sent",
      retryAfterMs: null,
    };
  try {
    const { provider, account } = await wayOf(env, state.tenantId, linkedin);
    if (effect.onlyBy !== null && effect.onlyBy !== account)
      return { kind: "unknown", stage: OTHER_ACCOUNT, detail: "it is another LinkedIn account now" };
    return await provider.send(payload);
  } catch (error) {
    // A provider that throws has a bug; whether the message left before, nobody knows.
    return { kind: "unknown", stage: "provider_threw", detail: saying(error) };
  }
}

/** Asks the account's own lists for a message of which nobody knows whether it was taken. */
export async function lookUpOnLinkedin(
  env: Env,
  { tenantId }: Enrollment,
  linkedin: LinkedinRecord | null,
  payload: string,
  sentThrough: string,
): Promise<LookUpResult> {
  const { provider, account } = await wayOf(env, tenantId, linkedin);
  return account === sentThrough
    ? provider.lookUp(payload)
    : { kind: "failed", detail: "it is another LinkedIn account now" };
}

/** Off, with the reason; the tenant's endpoints are told by a job. Rejects where D1 or the queue doesn't take it in time. */
export function pauseAccount(
  accountId: string,
  trouble: AccountTrouble,
  { env, state: { tenantId, mode } }: Pick<Surroundings, "env" | "state">,
): Promise<void> {
  return atMost(NOTE_TIMEOUT_MS, "D1 or the job queue", () =>
    stopAccount(env, { tenantId, accountId, mode }, trouble, Date.now()),
  );
}

/** LinkedIn's own limit is reached: nothing of the kind leaves before `until` (ms). */
export function restAccount(
  { accountId, what, until }: Extract<Effect, { type: "rest_account" }>,
  { env, state: { tenantId } }: Surroundings,
): Promise<void> {
  return atMost(NOTE_TIMEOUT_MS, "D1", () => restLinkedinAccount(env.DB, { tenantId, accountId }, what, until));
}

/** Throws where there is no account, or where a person acts for it: then nothing can be asked. */
async function wayOf(env: Env, tenantId: string, linkedin: LinkedinRecord | null): Promise<LinkedinWay> {
  const way = linkedin === null ? null : await linkedinProviderFor(env, tenantId, linkedin);
  if (way === null) throw new Error("the LinkedIn account is not there any more, or a person acts for it now");
  return way;
}
