import type { SendResult } from "../../../core/mail/outgoing.ts";
import { type ApiAnswer, refused } from "../../provider-api/api-answer.ts";
import {
  type ApiRequest,
  askApi,
  type ProviderApi,
  type ProviderApiOptions,
  withoutSecret,
} from "../../provider-api/ask-api.ts";

/** Sends by a provider's API: `judge` says what an answer means, and no answer means that nobody knows. */
export async function sendByApi(
  request: ApiRequest,
  api: ProviderApi,
  options: ProviderApiOptions,
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

function masked(result: SendResult, api: ProviderApi): SendResult {
  if (result.kind !== "accepted") return { ...result, detail: withoutSecret(result.detail, api) };
  const { providerMessageId: id, wireMessageId: wireId, response } = result;
  return {
    ...result,
    providerMessageId: id === null ? null : withoutSecret(id, api),
    wireMessageId: wireId === null ? null : withoutSecret(wireId, api),
    response: withoutSecret(response, api),
  };
}
