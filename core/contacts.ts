import type { ContactRef, Enrollment } from "./enrollment.ts";
import { sendKey } from "./send-key.ts";

/** A message that is counted with its person and company, and given back if it surely isn't sent. */
export function withContact(state: Enrollment, contact: ContactRef): Enrollment {
  const { contacts = [] } = withoutContact(state, contact.sendKey, contact.to);
  return { ...state, contacts: [...contacts, contact] };
}

/** It counts for good, since it was sent or may have been; or, with `to`, it was given back for that address. */
export function withoutContact(state: Enrollment, key: string, to?: string): Enrollment {
  const { contacts = [] } = state;
  const left = contacts.filter((one) => one.sendKey !== key || (to !== undefined && one.to !== to));
  return left.length === contacts.length ? state : { ...state, contacts: left };
}

/** What is counted for a message that won't be sent: no longer in hand, or for another address. */
export function unwantedContacts(state: Enrollment): readonly ContactRef[] {
  return (state.contacts ?? []).filter((contact) => !isWanted(state, contact));
}

function isWanted(state: Enrollment, { sendKey: key, to }: ContactRef): boolean {
  const { phase } = state;
  if (phase.name !== "ready" && phase.name !== "sending" && phase.name !== "tasked") return false;
  return key === sendKey(state, { of: "step" }) && (phase.name !== "ready" || to === state.lead.email);
}
