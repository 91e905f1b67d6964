import { cloudflareProvider } from "../../../../adapters/mail/providers/cloudflare.ts";
import type { Situation } from "./provider-under-test.ts";
import { testConformance } from "./run-conformance.ts";
import { StrictEmailBinding } from "./strict-email-binding.ts";

const ANSWERS: Readonly<Record<Situation, ConstructorParameters<typeof StrictEmailBinding>[0] | null>> = {
  takes_everything: "take",
  says_the_address_is_dead: null,
  refuses_the_recipient: { refuse: "E_RECIPIENT_SUPPRESSED" },
  refuses_the_sender: { refuse: "E_SENDER_NOT_VERIFIED" },
  refuses_the_message: { refuse: "E_CONTENT_TOO_LARGE" },
  refuses_us: { refuse: "E_SENDER_DOMAIN_NOT_AVAILABLE" },
  asks_to_try_later: { refuse: "E_RATE_LIMIT_EXCEEDED" },
  cannot_be_reached: null,
  breaks_off_before_acceptance: null,
  breaks_off_during_acceptance: "fail",
  never_answers: "hang",
};

testConformance({
  name: "cloudflare",
  async arrange(situation) {
    const answer = ANSWERS[situation];
    if (answer === null) return { notApplicable: "the binding has no answer that says so" };
    const binding = new StrictEmailBinding(answer);
    return { provider: cloudflareProvider(binding, 50), received: async () => binding.mails };
  },
});
