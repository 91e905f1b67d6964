import type { InboundMail } from "../inbound.ts";
import type { MailAddress } from "../outgoing.ts";
import { addressesIn } from "./addresses-in-text.ts";

/** The first address that an absence names and that is neither its sender's nor ours, with the name in front of it. */
export function successorIn(text: string, mail: InboundMail): MailAddress | null {
  const known = new Set(
    [mail.from, ...mail.to, ...mail.cc].flatMap((mailbox) => (mailbox === null ? [] : [mailbox.email.toLowerCase()])),
  );
  const email = addressesIn(text).find((address) => !known.has(address.toLowerCase()));
  return email === undefined ? null : { name: nameBefore(text.slice(0, text.indexOf(email))), email };
}

/** "please contact my colleague Ann Smith (ann@…)": the capitalised words right before the address. */
function nameBefore(lead: string): string | null {
  const near = lead.slice(-80).replace(JOINT, "");
  const name = NAME.exec(near)?.[1]?.trim() ?? null;
  return name === null || NO_NAMES.has(name.toLowerCase()) ? null : name;
}

const JOINT =
  /[\s:,;<([]{0,6}(?:(?:e-?mail|mail|mailto|at|on|via|under|unter|per|an|à|al|en|em|op|na|adres|adresse|address|pod|über|por|sur)[\s:,;.<([]{1,4}){0,3}["'<([\s]{0,4}$/iu;
const NAME = /((?:\p{Lu}[\p{L}'’.-]{1,24}(?: (?:de|van|von|der|da|di|la|le) )? ?){1,4})$/u;
const NO_NAMES = new Set(["please", "contact", "email", "e-mail", "mail", "bitte", "merci", "contactez", "urgent"]);
