import type { SmtpSettings } from "../../../../adapters/mail/providers/smtp.ts";
import type { MailProvider } from "../../../../core/mail/outgoing.ts";
import { mailsOf, startMailServer, startScript } from "../../../support/far-side.ts";
import type { SmtpScript } from "../../../support/smtp-scripted-server.ts";
import type { ProviderUnderTest, Situation } from "./provider-under-test.ts";

const login = { username: "ada", password: "pa55 wörd" };

/** A client against a real mail server, over TLS or in the clear, and against scripted ones for what goes wrong. */
export function smtpSubject(
  name: string,
  security: SmtpSettings["security"],
  makeProvider: (settings: SmtpSettings) => MailProvider,
): ProviderUnderTest {
  return {
    name,
    async arrange(situation) {
      const script = SCRIPTS[situation];
      if (situation === "takes_everything") {
        const tls = security === "tls" ? "implicit" : security;
        const port = await startMailServer({ tls, trusted: true, login: { ...login, method: "PLAIN" } });
        return {
          provider: makeProvider({ host: "localhost", port, security, ...login }),
          received: () => mailsOf(port),
        };
      }
      // A port that was just closed is free for anyone; port 1 has no mail server on any machine.
      const port = script === null ? 1 : await startScript(script);
      return {
        provider: makeProvider({ host: "127.0.0.1", port, security: "none", ...login }),
        received: async () => [],
      };
    },
  };
}

const SCRIPTS: Readonly<
  Record<Exclude<Situation, "takes_everything">, SmtpScript | null> & { takes_everything: null }
> = {
  takes_everything: null,
  says_the_address_is_dead: { rcpt: { "*": { say: "550 5.1.1 no such user here\r\n" } } },
  refuses_the_recipient: { rcpt: { "*": { say: "550 5.7.1 not from you\r\n" } } },
  refuses_the_sender: { mail: { say: "553 5.1.8 sender domain unknown\r\n" } },
  refuses_the_message: { endOfData: { say: "554 5.6.0 looks like spam\r\n" } },
  refuses_us: { auth: { say: "535 5.7.8 wrong user name or password\r\n" } },
  asks_to_try_later: { rcpt: { "*": { say: "451 4.7.1 greylisted\r\n" } } },
  cannot_be_reached: null,
  breaks_off_before_acceptance: { body: "cut" },
  breaks_off_during_acceptance: { endOfData: "cut" },
  never_answers: { endOfData: "silence" },
};
