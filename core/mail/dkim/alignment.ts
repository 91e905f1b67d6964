/**
 * Whether a signer may speak for an author's domain: it is that domain or one above it. Both in ASCII and lower case.
 * See docs/decisions/0018-who-may-sign-for-whom.md.
 */
export function speaksFor(signer: string, author: string): boolean {
  return signer === author || (author.endsWith(`.${signer}`) && signer.includes(".") && !isSoldUnder(signer));
}

/** Domains as `co.uk`, under which strangers have their names. */
function isSoldUnder(domain: string): boolean {
  return SOLD_UNDER.test(domain);
}

const SOLD_UNDER = /^(?:ac|co|com|edu|gob|gov|gouv|govt|go|ltd|mil|ne|net|nom|or|org|plc|sch)\.[a-z]{2}$/;
