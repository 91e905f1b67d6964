import type { MailProvider } from "../../../core/mail/outgoing.ts";
import type { ProviderApiOptions } from "../../provider-api/ask-api.ts";
import { judgeResendAnswer } from "./resend-answer.ts";
import { composeResend } from "./resend-payload.ts";
import { sendByApi } from "./send-by-api.ts";

export interface ResendSettings {
  /** What `/emails` is put behind, without a slash at its end. */
  readonly apiUrl: string;
  readonly apiKey: string;
}

/** "We keep idempotency keys in our system for 24 hours", says their page on them (read in November 2026). */
const KEY_REMEMBERED_MS = 24 * 3_600_000;

/**
 * Resend, by its HTTP API. The payload is the exact body of `POST /emails`, and the send key goes along as
 * Idempotency-Key: a repeat is answered with the first one's id and sends nothing. It sets Message-ID, Date and the
 * envelope sender itself; what id it puts on the wire is learned from the first reply.
 */
export function resendProvider({ apiUrl, apiKey }: ResendSettings, options: ProviderApiOptions = {}): MailProvider {
  const api = { apiUrl, secret: apiKey, secretName: "apiKey" };
  return {
    name: "resend",
    idempotencyWindowMs: KEY_REMEMBERED_MS,
    keepsMessageId: "learn",
    compose: async (mail) => composeResend(mail),
    send: (payload, sendKey) => {
      const headers = { authorization: `Bearer ${apiKey}`, "idempotency-key": sendKey };
      return sendByApi({ path: "/emails", headers, body: payload }, api, options, judgeResendAnswer);
    },
    lookUp: null,
  };
}
