import { providerFor } from "../../adapters/mail/provider-for.ts";
import type { Effect } from "../../core/effects.ts";
import type { EventOf } from "../../core/events.ts";
import type { LookUpResult } from "../../core/mail/outgoing.ts";
import { lookUpOnLinkedin } from "./linkedin.ts";
import { type Surroundings, saying } from "./surroundings.ts";

/** Asks the provider's records for a message of which nobody knows whether it was taken. */
export async function lookMessageUp(
  effect: Extract<Effect, { type: "look_message_up" }>,
  around: Surroundings,
): Promise<Omit<EventOf<"message_looked_up">, "at" | "dice">> {
  const { lane, sendKey, look } = effect;
  return { type: "message_looked_up", lane, sendKey, look, result: await ask(effect, around) };
}

async function ask(
  { sendKey, provider: sentBy, account: sentThrough }: Extract<Effect, { type: "look_message_up" }>,
  { env, store, state, look }: Surroundings,
): Promise<LookUpResult> {
  const payload = store.text(sendKey);
  if (payload === null) return { kind: "failed", detail: "the stored message is not there" };
  try {
    const { mailbox, linkedin } = await look();
    if (sentBy === "unipile") return await lookUpOnLinkedin(env, state, linkedin, payload, sentThrough);
    if (mailbox === null || mailbox.provider !== sentBy)
      return { kind: "failed", detail: `the mailbox doesn't send by ${sentBy} any more` };
    const { provider, account } = await providerFor(env, state.tenantId, state.id, mailbox);
    if (account !== sentThrough) return { kind: "failed", detail: "the mailbox sends by another account now" };
    return (
      (await provider.lookUp?.(payload)) ?? { kind: "failed", detail: `${sentBy} keeps no records that can be asked` }
    );
  } catch (error) {
    return { kind: "failed", detail: saying(error) };
  }
}
