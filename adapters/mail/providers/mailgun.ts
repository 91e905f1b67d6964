import type { LookUpResult, MailProvider } from "../../../core/mail/outgoing.ts";
import { askApi, type ProviderApi, type ProviderApiOptions, withoutSecret } from "../../provider-api/ask-api.ts";
import { judgeMailgunAnswer } from "./mailgun-answer.ts";
import { composeMailgun, readMailgunPayload } from "./mailgun-payload.ts";
import { judgeMailgunSearch, mailgunSearch } from "./mailgun-search.ts";
import { sendByApi } from "./send-by-api.ts";

export interface MailgunSettings {
  /** What `/v3` is put behind, without a slash at its end: there is one for each of Mailgun's regions. */
  readonly apiUrl: string;
  readonly apiKey: string;
  /** The sending domain, as it is called there. */
  readonly domain: string;
}

/**
 * Mailgun, by its HTTP API. The payload is the exact body of `POST /v3/{domain}/messages.mime`. It keeps our Message-ID
 * (its page "FAQs"). It recognises no repeats, but its events are searched by that id. `now` is the clock, in milliseconds
 * since the epoch.
 */
export function mailgunProvider(
  { apiUrl, apiKey, domain }: MailgunSettings,
  options: ProviderApiOptions = {},
  now: () => number = Date.now,
): MailProvider {
  const encoded = btoa(`api:${apiKey}`);
  const api: ProviderApi = { apiUrl, secret: apiKey, secretName: "apiKey", sentAs: encoded };
  const authorization = `Basic ${encoded}`;
  const path = `/v3/${encodeURIComponent(domain)}`;
  return {
    name: "mailgun",
    idempotencyWindowMs: null,
    keepsMessageId: "yes",
    compose: composeMailgun,
    send: async (payload) => {
      const message = readMailgunPayload(payload);
      const headers = { authorization, "content-type": message.contentType };
      const request = { path: `${path}/messages.mime`, headers, body: payload };
      return sendByApi(request, api, options, (answer) => judgeMailgunAnswer(answer, message));
    },
    lookUp: async (payload): Promise<LookUpResult> => {
      const message = readMailgunPayload(payload);
      const request = { path: `${path}/events?${mailgunSearch(message)}`, headers: { authorization } };
      const outcome = await askApi(request, api, options);
      if (outcome.kind !== "answered") return { kind: "failed", detail: outcome.detail };
      const result = judgeMailgunSearch(outcome, message, now());
      return result.kind === "failed" ? { ...result, detail: withoutSecret(result.detail, api) } : result;
    },
  };
}
