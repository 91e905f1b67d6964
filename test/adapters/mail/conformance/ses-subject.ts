import { sesProvider } from "../../../../adapters/mail/providers/ses.ts";
import { fetchLoopback, sesRecordOf, startSes } from "../../../support/far-side.ts";
import { sesRefusal } from "../../../support/ses-answers.ts";
import { apiSubject } from "./api-subject.ts";
import type { ProviderUnderTest } from "./provider-under-test.ts";

const key = { region: "eu-west-1", accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalr/K7MDENG+bPxRfiCY" };

/** The client of SES in front of a double of its API. */
export function sesSubject(name: string, fetch: typeof fetchLoopback = fetchLoopback): ProviderUnderTest {
  return apiSubject(
    name,
    {
      refuses_us: sesRefusal(403, "InvalidSignatureException", "The request signature we calculated does not match."),
      refuses_the_sender: sesRefusal(400, "MessageRejected", "Email address is not verified."),
      refuses_the_message: sesRefusal(400, "MessageRejected", "Transaction failed: Empty required header 'To'."),
      refuses_the_recipient: { notApplicable: "no refusal of theirs is documented to be about a recipient" },
      asks_to_try_later: sesRefusal(429, "TooManyRequestsException", "Maximum sending rate exceeded."),
      breaks_off_before_acceptance: {
        notApplicable:
          "fetch says the same of every break, and SES has no records that could be asked: it is a doubt (providers/ses.test.ts)",
      },
      whyNobodyIsDead: "whose address is dead comes by an event, after acceptance",
    },
    (answer) => startSes({ ...key, answers: [answer] }),
    (port, timeoutMs) => ({
      provider: sesProvider(
        { ...key, configurationSet: null, apiUrl: `http://127.0.0.1:${port}` },
        { fetch, timeoutMs },
      ),
      received: async () => (await sesRecordOf(port)).mails,
    }),
  );
}
