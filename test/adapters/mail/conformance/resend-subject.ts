import { resendProvider } from "../../../../adapters/mail/providers/resend.ts";
import { fetchLoopback, resendRecordOf, startResend } from "../../../support/far-side.ts";
import { resendRefusal } from "../../../support/resend-answers.ts";
import { apiSubject } from "./api-subject.ts";
import type { ProviderUnderTest } from "./provider-under-test.ts";

const apiKey = "re_test_123";

const ANSWERS = {
  whyNobodyIsDead: "whose address is dead comes by an event, after acceptance",
  refuses_the_recipient: resendRefusal(422, "validation_error", "Invalid `to` field. The address is none."),
  refuses_the_sender: resendRefusal(403, "validation_error", "The sender.example domain is not verified."),
  refuses_the_message: resendRefusal(422, "missing_required_field", "Missing `subject` field."),
  refuses_us: resendRefusal(403, "invalid_api_key", "API key is invalid"),
  asks_to_try_later: resendRefusal(429, "rate_limit_exceeded", "Too many requests."),
};

/** Resend's client in front of a double of its API. */
export function resendSubject(name: string, fetch: typeof fetchLoopback = fetchLoopback): ProviderUnderTest {
  return apiSubject(
    name,
    ANSWERS,
    (answer) => startResend({ apiKey, answers: [answer] }),
    (port, timeoutMs) => ({
      provider: resendProvider({ apiUrl: `http://127.0.0.1:${port}`, apiKey }, { fetch, timeoutMs }),
      received: async () => (await resendRecordOf(port)).mails,
    }),
  );
}
