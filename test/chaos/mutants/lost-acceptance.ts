import { providerFor } from "../../../adapters/mail/provider-for.ts";
import type { Effect } from "../../../core/effects.ts";
import type { Surroundings } from "../../../durable-objects/perform/surroundings.ts";

const ONE_IN = 20;

/**
 * Forgets one acceptance in twenty while nothing is wrong, so that its lease runs out and the message falls into doubt. Stands
 * in for durable-objects/perform/send-message.ts.
 */
export async function sendMessage(effect: Extract<Effect, { type: "send_message" }>, around: Surroundings) {
  const payload = around.store.text(effect.sendKey);
  const { mailbox } = around.known;
  if (payload === null || mailbox === null) throw new Error("nothing to send");
  const { provider } = await providerFor(around.env, around.state.tenantId, around.state.id, mailbox);
  const result = await provider.send(payload, effect.sendKey);
  if (Math.random() < 1 / ONE_IN) throw new Error("what the provider said was forgotten");
  return { type: "send_finished", lane: effect.lane, sendKey: effect.sendKey, result } as const;
}
