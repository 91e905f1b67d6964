import { encodeBase32 } from "../../core/mail/reply-address.ts";

const ID_BYTES = 10;

export type IdPrefix = Thing | PersonThing;

type Thing = "ten" | "key" | "end" | "mbx" | "lia" | "cad" | "enr" | "inb" | "req" | "evt" | "sup" | "aud" | "ers";
/** People, their sessions, ways to prove themselves and links, and where they are members and invited. */
type PersonThing = "usr" | "ses" | "acc" | "ver" | "mem" | "inv";

/** A new id: the prefix and 80 random bits as 16 characters of base32 in lower case. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${encodeBase32(crypto.getRandomValues(new Uint8Array(ID_BYTES)))}`;
}
