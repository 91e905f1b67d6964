import type { SendResult } from "../../../core/mail/outgoing.ts";
import { type ApiAnswer, refused } from "./api-answer.ts";
import { type ApiRequest, askApi, type MailApi, type MailApiOptions, withoutSecret } from "./ask-api.ts";

/** Sends by a provider's API: `judge` says what an answer means, and no answer means that nobody knows. */
export async function sendByApi(
  request: ApiRequest,
  api: MailApi,
  options: MailApiOptions,
  judge: (answer: ApiAnswer) => SendResult,
): Promise<SendResult> {
  const outcome = await askApi(request, api, options);
  switch (outcome.kind) {
    case "not_allowed":
      return refused("configuration", "bad_api_url", outcome.detail);
    case "broken":
      return { kind: "unknown", stage: outcome.stage, detail: outcome.detail };
    case "answered":
      return masked(judge(outcome), api);
  }
}

function masked(result: SendResult, api: MailApi): SendResult {
  if (result.kind !== "accepted") return { ...result, detail: withoutSecret(result.detail, api) };
  const { providerMessageId: id, wireMessageId: wireId, response } = result;
  return {
    ...result,
    providerMessageId: id === null ? null : withoutSecret(id, api),
    wireMessageId: wireId === null ? null : withoutSecret(wireId, api),
    response: withoutSecret(response, api),
  };
}
