import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { providerFor } from "../../adapters/mail/provider-for.ts";
import { replyAddress } from "../../adapters/mail/reply-address.ts";
import { unsubscribeWays } from "../../adapters/mail/unsubscribe.ts";
import type { CadenceSettings } from "../../core/cadence.ts";
import type { Effect } from "../../core/effects.ts";
import type { EventOf } from "../../core/events.ts";
import { buildMail, threadReference } from "../../core/mail/build-mail.ts";
import { type FooterLink, withFooter } from "../../core/mail/footer.ts";
import { checkOutgoingMail } from "../../core/mail/header-safety.ts";
import type { UnsubscribeWays } from "../../core/mail/unsubscribe-headers.ts";
import { type Surroundings, saying } from "./surroundings.ts";

type Composed = Omit<EventOf<"message_composed">, "at" | "dice"> | Omit<EventOf<"compose_failed">, "at" | "dice">;

/** An error's own words may be long; the sentence before them says what to do. */
const WORDS_MAX = 300;

/** Makes the exact bytes of a message. What can't be made, or not safely, is a matter for a person. */
export async function composeMessage(
  effect: Extract<Effect, { type: "compose_message" }>,
  around: Surroundings,
): Promise<Composed> {
  const { env, state, cadence, known } = around;
  const { lane, words, sendKey } = effect;
  const failed = (detail: string): Composed => ({ type: "compose_failed", lane, detail });
  const { mailbox } = known;
  if (mailbox === null || state.lead.email === null) return failed("the mailbox or the lead's address is gone");
  // What is stored stays as it is: trying again would fail again, and nobody would see it.
  const way = await providerFor(env, state.tenantId, state.id, mailbox).catch(saying);
  if (typeof way === "string")
    return failed(
      `the stored settings or the secret of mailbox ${mailbox.id} can't be read; save both again, then release the draft (${way.slice(0, WORDS_MAX)})`,
    );
  const { provider, account } = way;
  const domain = mailbox.replyDomain ?? env.REPLY_DOMAIN;
  const unsubscribe = lane.of === "step" ? await unsubscribeWays(env, state.tenantId, state.id, domain) : null;
  const keeps = mailbox.keepsMessageId ?? provider.keepsMessageId;
  const mail = buildMail({
    sender: mailbox,
    to: { name: state.lead.name, email: state.lead.email },
    replyAddress: await replyAddress(env, state.tenantId, state.id, domain),
    sendKey,
    subject: effect.subject,
    ...withFooter(words, cadence.settings.addFooter ? mailbox : null, linkOf(unsubscribe, cadence.settings)),
    date: Date.now(),
    threadIds: effect.inThread ? state.thread.messageIds : [],
    threadReference: keeps === "yes" || !mailbox.threadReference ? null : threadReference(state.id, mailbox.email),
    unsubscribe,
  });
  const problems = checkOutgoingMail(mail);
  if (problems.length > 0) return failed(problems.join("; "));
  const composed = await provider.compose(mail).then(
    (payload) => ({ ok: true, payload }) as const,
    (error) => ({ ok: false, why: saying(error).slice(0, WORDS_MAX) }) as const,
  );
  if (!composed.ok)
    return failed(`${provider.name} can't carry this message; edit the draft or skip the step (${composed.why})`);
  const { payload } = composed;
  const job = {
    sendKey,
    provider: provider.name,
    sha256: await sha256Hex(payload),
    messageId: mail.messageId,
    keepsMessageId: keeps === "yes",
    idempotencyWindowMs: provider.idempotencyWindowMs,
    intentAt: Date.now(),
    tries: 0,
    gates: effect.gates,
    account,
    lookUps: provider.lookUp === null ? null : 0,
  };
  return {
    type: "message_composed",
    lane,
    to: mail.to.email,
    job,
    payload,
    words: { ...words, subject: effect.subject },
  };
}

function linkOf(unsubscribe: UnsubscribeWays | null, { unsubscribeLink }: CadenceSettings): FooterLink | null {
  const url = unsubscribe?.url ?? null;
  return url === null || unsubscribeLink == null ? null : { words: unsubscribeLink, url };
}
