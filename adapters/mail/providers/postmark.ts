import type { LookUpResult, MailProvider } from "../../../core/mail/outgoing.ts";
import { askApi, type ProviderApi, type ProviderApiOptions, withoutSecret } from "../../provider-api/ask-api.ts";
import { judgePostmarkAnswer } from "./postmark-answer.ts";
import { composePostmark, type PostmarkMessage, readPostmarkPayload } from "./postmark-payload.ts";
import { judgePostmarkSearch, postmarkSearch } from "./postmark-search.ts";
import { sendByApi } from "./send-by-api.ts";

export interface PostmarkSettings {
  /** What `/email` is put behind, without a slash at its end. */
  readonly apiUrl: string;
  readonly serverToken: string;
  /** The id of the stream that mail goes out by. */
  readonly messageStream: string;
}

/**
 * Postmark, by its HTTP API. The payload is the exact body of `POST /email`. It recognises no repeats, but keeps a record of
 * what it took, which is searched by a metadata field. It is asked to keep our Message-ID (`X-PM-KeepID`). That is documented
 * for its SMTP; of the API the reports say both, so what is on the wire is learned from the first reply.
 */
export function postmarkProvider(
  { apiUrl, serverToken, messageStream }: PostmarkSettings,
  options: ProviderApiOptions = {},
): MailProvider {
  const api: ProviderApi = { apiUrl, secret: serverToken, secretName: "serverToken" };
  const headers = { "x-postmark-server-token": serverToken };
  return {
    name: "postmark",
    idempotencyWindowMs: null,
    keepsMessageId: "learn",
    compose: async (mail) => composePostmark(mail, messageStream),
    send: async (payload) => {
      const message = readPostmarkPayload(payload);
      const request = { path: "/email", headers, body: payload };
      return sendByApi(request, api, options, (answer) => judgePostmarkAnswer(answer, message));
    },
    lookUp: async (payload) => lookUp(readPostmarkPayload(payload), headers, api, options),
  };
}

/** By the stream that the message went out by, whatever the mailbox sends by today. */
async function lookUp(
  message: PostmarkMessage,
  headers: Readonly<Record<string, string>>,
  api: ProviderApi,
  options: ProviderApiOptions,
): Promise<LookUpResult> {
  const outcome = await askApi({ path: postmarkSearch(message), headers }, api, options);
  if (outcome.kind !== "answered") return { kind: "failed", detail: outcome.detail };
  const result = judgePostmarkSearch(outcome, message);
  switch (result.kind) {
    case "found":
      return { ...result, providerMessageId: withoutSecret(result.providerMessageId, api) };
    case "not_found":
      return result;
    case "failed":
      return { ...result, detail: withoutSecret(result.detail, api) };
  }
}
