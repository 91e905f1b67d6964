import { providerFor } from "../../adapters/mail/provider-for.ts";
import type { Effect } from "../../core/effects.ts";
import type { EventOf } from "../../core/events.ts";
import { FOUND } from "../../core/flow/sent.ts";
import type { MailProvider, SendResult } from "../../core/mail/outgoing.ts";
import { type Surroundings, saying } from "./surroundings.ts";

/** Hands the stored bytes to the provider, these and no others. */
export async function sendMessage(
  effect: Extract<Effect, { type: "send_message" }>,
  around: Surroundings,
): Promise<Omit<EventOf<"send_finished">, "at" | "dice">> {
  const finished = (result: SendResult) =>
    ({ type: "send_finished", lane: effect.lane, sendKey: effect.sendKey, result }) as const;
  const payload = around.store.text(effect.sendKey);
  const { mailbox } = around.known;
  if (payload === null || mailbox === null || mailbox.provider !== effect.provider)
    return finished({
      kind: "not_sent",
      code: "not_ready",
      detail: "the stored message or its mailbox is not there; nothing was sent",
      retryAfterMs: null,
    });
  try {
    const provider = await providerFor(around.env, around.state.tenantId, around.state.id, mailbox);
    const found = effect.mayHaveArrived ? await earlierTry(provider, payload) : null;
    return finished(found ?? (await provider.send(payload, effect.sendKey)));
  } catch (error) {
    // A provider that throws has a bug; whether the message left before, nobody knows.
    return finished({ kind: "unknown", stage: "provider_threw", detail: saying(error) });
  }
}

/** What the provider's records say of an earlier try; null where it may be repeated, as far as they know. */
async function earlierTry({ lookUp }: MailProvider, payload: string): Promise<SendResult | null> {
  const looked = await lookUp?.(payload);
  if (looked === undefined || looked.kind === "not_found") return null;
  if (looked.kind === "failed")
    return { kind: "not_sent", code: "look_up_failed", detail: looked.detail, retryAfterMs: null };
  const { providerMessageId, wireMessageId } = looked;
  return { kind: "accepted", providerMessageId, wireMessageId, response: FOUND };
}
