import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { providerFor } from "../../adapters/mail/provider-for.ts";
import { replyAddress } from "../../adapters/mail/reply-address.ts";
import type { Effect } from "../../core/effects.ts";
import type { EventOf } from "../../core/events.ts";
import { buildMail } from "../../core/mail/build-mail.ts";
import { withFooter } from "../../core/mail/footer.ts";
import { checkOutgoingMail } from "../../core/mail/header-safety.ts";
import type { Surroundings } from "./surroundings.ts";

type Composed = Omit<EventOf<"message_composed">, "at" | "dice"> | Omit<EventOf<"compose_failed">, "at" | "dice">;

/** Makes the exact bytes of a message. What can't be made safely is a matter for a person. */
export async function composeMessage(
  effect: Extract<Effect, { type: "compose_message" }>,
  around: Surroundings,
): Promise<Composed> {
  const { env, state, cadence, known } = around;
  const { lane, words, sendKey } = effect;
  const failed = (detail: string): Composed => ({ type: "compose_failed", lane, detail });
  const { mailbox } = known;
  if (mailbox === null || state.lead.email === null) return failed("the mailbox or the lead's address is gone");
  const { provider, account } = await providerFor(env, state.tenantId, state.id, mailbox);
  const mail = buildMail({
    sender: mailbox,
    to: { name: state.lead.name, email: state.lead.email },
    replyAddress: await replyAddress(env, state.tenantId, state.id, mailbox.replyDomain ?? env.REPLY_DOMAIN),
    sendKey,
    subject: effect.subject,
    ...withFooter(words, cadence.settings.addFooter ? mailbox : null),
    date: Date.now(),
    threadIds: effect.inThread ? state.thread.messageIds : [],
  });
  const problems = checkOutgoingMail(mail);
  if (problems.length > 0) return failed(problems.join("; "));
  const payload = await provider.compose(mail);
  const job = {
    sendKey,
    provider: provider.name,
    sha256: await sha256Hex(payload),
    messageId: mail.messageId,
    idempotencyWindowMs: provider.idempotencyWindowMs,
    intentAt: Date.now(),
    tries: 0,
    account,
    lookUps: provider.lookUp === null ? null : 0,
  };
  return { type: "message_composed", lane, job, payload, words: { ...words, subject: effect.subject } };
}
