import type { Step } from "./contract/step.ts";
import type { DayRange, SendingWindow } from "./opening.ts";
import type { Reenroll } from "./reenroll.ts";

export type OnAmbiguous = "hold" | "assume_sent" | "resend_after";

/** What holds for every step of a cadence version. */
export interface CadenceSettings {
  readonly businessHoursOnly: boolean;
  readonly exitOnReply: boolean;
  /** With `exitOnReply`: the person's reply in another enrollment ends this one too. Absent, as yes, from what was published before there was a choice. */
  readonly exitOnReplyElsewhere?: boolean;
  readonly exitOnUnsubscribe: boolean;
  /** Messages a day, counted in the tenant's zone. */
  readonly dailySendCap: number;
  readonly onAmbiguous: OnAmbiguous;
  /** Put the mailbox's signature and postal address under each message. */
  readonly addFooter: boolean;
  readonly onOutOfOffice: "defer" | "ignore";
  readonly onLeftCompany: "stop" | "ignore";
  readonly onSoftBounce: "continue" | "stop";
  /** Whoever can't be reached on LinkedIn: the enrollment ends, or only its LinkedIn steps are passed over. Absent, as `stop`, from what was published before there were any. */
  readonly onLinkedinUnreachable?: "stop" | "skip";
  /** The words of a link to unsubscribe under each message; null for none. The headers for it stand in each message anyway. */
  readonly unsubscribeLink: string | null;
  /** None: `businessHoursOnly` decides. Absent, as the three below, from what was published before there were any. */
  readonly sendingWindows?: readonly SendingWindow[];
  readonly blackoutDates?: readonly DayRange[];
  /** ISO 3166 codes, or "lead" for the lead's own country. */
  readonly holidayCalendars?: readonly string[];
  readonly jitterMinutes?: number;
  /** Null, or absent: only a lead's own id is compared, and a repeat is answered with the enrollment that is there. */
  readonly reenroll?: Reenroll | null;
}

/** A published version as the engine reads it; immutable, so an enrollment keeps a copy of its own. */
export interface CadenceVersion {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly endpointId: string | null;
  readonly settings: CadenceSettings;
  readonly steps: readonly Step[];
}
