import { AwsV4Signer } from "aws4fetch";
import type { MailProvider, SendResult } from "../../../core/mail/outgoing.ts";
import {
  type ApiRequest,
  askApi,
  type ProviderApi,
  type ProviderApiOptions,
  withoutSecret,
} from "../../provider-api/ask-api.ts";
import { sendByApi } from "./send-by-api.ts";
import { findSesRefusal, judgeSesAnswer } from "./ses-answer.ts";
import { composeSes, readSesPayload } from "./ses-payload.ts";

export interface SesSettings {
  /** Such as `eu-west-1`. */
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The set that events and sending pools are tied to; null for the account's own. */
  readonly configurationSet: string | null;
  /** What `/v2/email/outbound-emails` is put behind, without a slash at its end; null for the region's own. */
  readonly apiUrl: string | null;
}

/** Knocking and sending, 24 s in all, within the 30 s that a send's lease reckons with. */
const KNOCK_TIMEOUT_MS = 5_000;
const SEND_TIMEOUT_MS = 19_000;

/** Where a region's API is (AWS General Reference, "Amazon Simple Email Service endpoints and quotas"). */
export function sesUrl(region: string): string {
  return `https://email.${region}.amazonaws.com`;
}

/**
 * Amazon SES, by version 2 of its HTTP API, requests signed with the key (Signature Version 4). The payload is the exact
 * body of `POST /v2/email/outbound-emails`. It sets Message-ID and Date itself. By all reports the id on the wire begins
 * with the one that it answers with, but no page of theirs says so, so it is learned from the first reply.
 *
 * It recognises no repeats and keeps no records that can be asked, so a doubt stays one. That there are few, it is knocked
 * at first: where nothing answers, no message has left.
 */
export function sesProvider(settings: SesSettings, options: ProviderApiOptions = {}): MailProvider {
  const { region, secretAccessKey, configurationSet } = settings;
  const apiUrl = settings.apiUrl ?? sesUrl(region);
  const api: ProviderApi = { apiUrl, secret: secretAccessKey, secretName: "secretAccessKey" };
  return {
    name: "ses",
    idempotencyWindowMs: null,
    keepsMessageId: "learn",
    compose: (mail) => composeSes(mail, configurationSet),
    send: async (payload) => {
      const refused = findSesRefusal(readSesPayload(payload)) ?? (await knock(api, options));
      if (refused !== null) return refused;
      const request = await signed({ path: "/v2/email/outbound-emails", headers: {}, body: payload }, apiUrl, settings);
      return sendByApi(request, api, { timeoutMs: SEND_TIMEOUT_MS, ...options }, judgeSesAnswer);
    },
    lookUp: null,
  };
}

/** Null where something answers, whatever it says, and where it may not be asked: sending says that. */
async function knock(api: ProviderApi, options: ProviderApiOptions): Promise<SendResult | null> {
  const outcome = await askApi({ path: "/", headers: {} }, api, { timeoutMs: KNOCK_TIMEOUT_MS, ...options });
  return outcome.kind === "broken"
    ? { kind: "not_sent", code: "unreachable", detail: withoutSecret(outcome.detail, api), retryAfterMs: null }
    : null;
}

async function signed(
  request: ApiRequest & { readonly body: string },
  apiUrl: string,
  { region, accessKeyId, secretAccessKey }: SesSettings,
): Promise<ApiRequest> {
  const { headers } = await new AwsV4Signer({
    method: "POST",
    url: `${apiUrl}${request.path}`,
    body: request.body,
    service: "ses",
    ...{ region, accessKeyId, secretAccessKey },
  }).sign();
  return { ...request, headers: { ...request.headers, ...Object.fromEntries(headers) } };
}
