import { providerFor } from "../../adapters/mail/provider-for.ts";
import type { Effect } from "../../core/effects.ts";
import type { EventOf } from "../../core/events.ts";
import { OTHER_ACCOUNT } from "../../core/flow/sent.ts";
import type { LinkedinSendResult } from "../../core/linkedin/provider.ts";
import { sendByLinkedin } from "./linkedin.ts";
import { type Surroundings, saying } from "./surroundings.ts";

/** Hands the stored bytes to the provider, these and no others. */
export async function sendMessage(
  effect: Extract<Effect, { type: "send_message" }>,
  around: Surroundings,
): Promise<Omit<EventOf<"send_finished">, "at" | "dice">> {
  const finished = (result: LinkedinSendResult) =>
    ({ type: "send_finished", lane: effect.lane, sendKey: effect.sendKey, result }) as const;
  const payload = around.store.text(effect.sendKey);
  if (effect.provider === "unipile") return finished(await sendByLinkedin(effect, payload, around));
  const { mailbox } = around.known;
  if (payload === null || mailbox === null || mailbox.provider !== effect.provider)
    return finished({
      kind: "not_sent",
      code: "not_ready",
      detail: "the stored message or its mailbox is not there; nothing was sent",
      retryAfterMs: null,
    });
  try {
    const { provider, account } = await providerFor(around.env, around.state.tenantId, around.state.id, mailbox);
    if (effect.onlyBy !== null && effect.onlyBy !== account)
      return finished({ kind: "unknown", stage: OTHER_ACCOUNT, detail: "the mailbox sends by another account now" });
    return finished(await provider.send(payload, effect.sendKey));
  } catch (error) {
    // A provider that throws has a bug; whether the message left before, nobody knows.
    return finished({ kind: "unknown", stage: "provider_threw", detail: saying(error) });
  }
}
