import { mailgunProvider } from "../../../../adapters/mail/providers/mailgun.ts";
import { fetchLoopback, mailgunRecordOf, startMailgun } from "../../../support/far-side.ts";
import { mailgunRefusal } from "../../../support/mailgun-answers.ts";
import { apiSubject } from "./api-subject.ts";
import type { ProviderUnderTest } from "./provider-under-test.ts";

const apiKey = "key-of-ada";
const domain = "mg.sender.example";

/** Mailgun's client in front of a double of its API. */
export function mailgunSubject(name: string, fetch: typeof fetchLoopback = fetchLoopback): ProviderUnderTest {
  return apiSubject(
    name,
    {
      refuses_us: mailgunRefusal(401, "Forbidden"),
      refuses_the_sender: mailgunRefusal(400, "from parameter is not a valid address. please check documentation"),
      refuses_the_message: mailgunRefusal(400, "message is not a valid MIME message"),
      refuses_the_recipient: mailgunRefusal(400, "to parameter is not a valid address. please check documentation"),
      asks_to_try_later: mailgunRefusal(429, "Too Many Requests"),
      whyNobodyIsDead: "whose address is dead comes by an event, after acceptance",
    },
    (answer) => startMailgun({ apiKey, domain, answers: [answer] }),
    (port, timeoutMs) => {
      const apiUrl = `http://127.0.0.1:${port}`;
      const record = () => mailgunRecordOf(port);
      return {
        provider: mailgunProvider({ apiUrl, apiKey, domain }, { fetch, timeoutMs }, () => HOURS_LATER),
        received: async () => (await record()).mails,
        takenIds: async () => (await record()).ids,
      };
    },
  );
}

/** When what the kit sends was composed hours ago, as its clock says. */
const HOURS_LATER = Date.UTC(2026, 10, 20, 14, 30);
