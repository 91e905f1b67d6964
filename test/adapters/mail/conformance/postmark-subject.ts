import { postmarkProvider } from "../../../../adapters/mail/providers/postmark.ts";
import { fetchLoopback, postmarkRecordOf, startPostmark } from "../../../support/far-side.ts";
import { postmarkRefusal } from "../../../support/postmark-answers.ts";
import { apiSubject } from "./api-subject.ts";
import type { ProviderUnderTest } from "./provider-under-test.ts";

const serverToken = "00000000-test-test-test-000000000000";
const messageStream = "outbound";

/** Postmark's client in front of a double of its API. */
export function postmarkSubject(name: string, fetch: typeof fetchLoopback = fetchLoopback): ProviderUnderTest {
  return apiSubject(
    name,
    {
      refuses_us: postmarkRefusal(401, 10, "Request does not contain a valid Server token."),
      refuses_the_sender: postmarkRefusal(422, 300, "Invalid 'From' address: 'ada@sender.example'."),
      refuses_the_message: postmarkRefusal(422, 300, "Provide either email TextBody or HtmlBody or both."),
      refuses_the_recipient: postmarkRefusal(422, 406, "Found inactive addresses: charles@lead.example. Inactive …"),
      asks_to_try_later: postmarkRefusal(429, 429, "Rate Limit Exceeded"),
      whyNobodyIsDead: "who is inactive bounced, complained or was suppressed by hand: it isn't told which",
    },
    (answer) => startPostmark({ serverToken, answers: [answer] }),
    (port, timeoutMs) => {
      const apiUrl = `http://127.0.0.1:${port}`;
      const record = () => postmarkRecordOf(port);
      return {
        provider: postmarkProvider({ apiUrl, serverToken, messageStream }, { fetch, timeoutMs }),
        received: async () => (await record()).mails,
        takenIds: async () => (await record()).ids,
      };
    },
  );
}
