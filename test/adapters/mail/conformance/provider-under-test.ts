import type { MailProvider } from "../../../../core/mail/outgoing.ts";
import type { ReceivedMail } from "../../../support/received-mail.ts";

/** What the far side is like in a case. */
export type Situation =
  | "takes_everything"
  | "says_the_address_is_dead"
  | "refuses_the_recipient"
  | "refuses_the_sender"
  | "refuses_the_message"
  | "refuses_us"
  | "asks_to_try_later"
  | "cannot_be_reached"
  | "breaks_off_before_acceptance"
  | "breaks_off_during_acceptance"
  | "never_answers";

/** A provider in front of a far side, and what has come out there: not what the provider says of itself. */
export interface Arranged {
  readonly provider: MailProvider;
  received(): Promise<readonly ReceivedMail[]>;
  /** The far side's own ids of these, in the same order; there where the provider can look messages up. */
  readonly takenIds?: () => Promise<readonly string[]>;
}

/** A way to send, as the kit sees it. `arrange` makes a fresh far side, or says why that can't be with this provider. */
export interface ProviderUnderTest {
  readonly name: string;
  arrange(situation: Situation): Promise<Arranged | { readonly notApplicable: string }>;
}
