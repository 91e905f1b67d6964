import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment } from "../enrollment.ts";
import type { BounceFacts } from "../mail/inbound.ts";
import { andThen, become, first, note, nothing } from "./build.ts";
import { exit } from "./next.ts";
import { suppressAddress } from "./refuse-contact.ts";
import { leadEvent, tell } from "./tell.ts";

/** What came back, and how we know of it. */
export interface Bounce {
  /** The mail or the message that the log names. */
  readonly subjectId: string;
  /** Undefined for mail that was stored before bounces were read. */
  readonly bounce: BounceFacts | undefined;
  /** The server's words, or what else speaks for it. */
  readonly detail: string;
}

/**
 * Our message came back. A dead address ends all contact; one that refused this message for good ends the enrollment;
 * trouble that passes (a full mailbox, a server that is away) ends it only where the cadence says so.
 */
export function bounced(
  state: Enrollment,
  at: number,
  what: Bounce,
  cadence: CadenceVersion,
  tells: boolean,
): Transition {
  const { subjectId, bounce, detail } = what;
  const dead = bounce?.addressDead === true ? addressOf(state, bounce) : null;
  const suppressed = suppressAddress(state, at, "bounced", dead);
  if (bounce !== undefined && isAboutFormer(state, bounce))
    return become(state, [
      note(state, at, "former_address_bounced", { subjectId, detail: { ...bounce } }),
      ...suppressed,
    ]);
  // That it is over says nothing of the address: a later bounce may be the one that says that it is dead.
  if (endOf(state)?.reason === "bounced") return become(state, suppressed);
  if (
    bounce !== undefined &&
    !bounce.addressDead &&
    !bounce.messagePermanent &&
    cadence.settings.onSoftBounce !== "stop"
  )
    return become(state, [note(state, at, "soft_bounce", { subjectId, detail: { ...bounce } })]);
  const content = leadEvent(state, cadence, at, "bounced", { detail });
  const told = tells ? tell(state, cadence, at, "cadence.lead.bounced", content, { step: null }) : nothing(state);
  const ended = andThen(told, (after) => exit(after, cadence, at, { state: "exited", reason: "bounced", detail }));
  return first(suppressed, ended);
}

/** Whether it speaks of an address that the lead had before, and not of the one that they have. */
function isAboutFormer({ lead, formerEmails }: Enrollment, { recipients }: BounceFacts): boolean {
  return !names(recipients, lead.email) && formerEmails.some((email) => names(recipients, email));
}

/** Which of the lead's addresses a bounce is about: where it names none of them, mail to the present one was passed on. */
function addressOf({ lead, formerEmails }: Enrollment, { recipients }: BounceFacts): string | null {
  return [lead.email, ...formerEmails].find((email) => names(recipients, email)) ?? lead.email;
}

function names(recipients: readonly string[], email: string | null): boolean {
  return email !== null && recipients.some((recipient) => recipient.toLowerCase() === email.toLowerCase());
}

function endOf({ phase }: Enrollment) {
  if (phase.name === "finished") return phase.exit;
  return phase.name === "sending" ? phase.interruptedBy : null;
}
