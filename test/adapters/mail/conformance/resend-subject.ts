import { resendProvider } from "../../../../adapters/mail/providers/resend.ts";
import { fetchLoopback, resendRecordOf, startResend } from "../../../support/far-side.ts";
import { type ResendAnswer, resendRefusal } from "../../../support/resend-answers.ts";
import type { ProviderUnderTest, Situation } from "./provider-under-test.ts";

const apiKey = "re_test_123";

const ANSWERS: Readonly<Record<Situation, ResendAnswer | null>> = {
  takes_everything: "take",
  says_the_address_is_dead: null,
  refuses_the_recipient: resendRefusal(422, "validation_error", "Invalid `to` field. The address is none."),
  refuses_the_sender: resendRefusal(403, "validation_error", "The sender.example domain is not verified."),
  refuses_the_message: resendRefusal(422, "missing_required_field", "Missing `subject` field."),
  refuses_us: resendRefusal(403, "invalid_api_key", "API key is invalid"),
  asks_to_try_later: resendRefusal(429, "rate_limit_exceeded", "Too many requests."),
  cannot_be_reached: null,
  breaks_off_before_acceptance: "cut_at_first_bytes",
  breaks_off_during_acceptance: "take_and_cut",
  never_answers: "silence",
};

/** Resend's client in front of a double of its API, over real sockets. */
export function resendSubject(name: string, fetch: typeof fetchLoopback = fetchLoopback): ProviderUnderTest {
  return {
    name,
    async arrange(situation) {
      const answer = ANSWERS[situation];
      if (answer === null && situation !== "cannot_be_reached")
        return { notApplicable: "whose address is dead comes by an event, after acceptance" };
      // A port that was just closed is free for anyone; port 1 has no server on any machine.
      const port = answer === null ? 1 : await startResend({ apiKey, answers: [answer] });
      return {
        provider: resendProvider(
          { apiUrl: `http://127.0.0.1:${port}`, apiKey },
          { fetch, timeoutMs: situation === "never_answers" ? 300 : 10_000 },
        ),
        received: async () => (await resendRecordOf(port)).mails,
      };
    },
  };
}
