/** What is known of a lead on LinkedIn. */
export interface LinkedinTraces {
  /** `https://www.linkedin.com/in/…`, as people paste it. */
  readonly linkedinUrl: string | null;
  /** `urn:li:fsd_profile:ACo…`, or the id alone. */
  readonly profileUrn: string | null;
}

/**
 * By what a provider finds the lead: the profile id where it is known, since it never changes, else the last part of the
 * profile's URL, decoded. Null where neither names a person: company pages, other hosts, nothing at all. A string is read
 * here, and no address resolved: what comes out is only ever one encoded segment of a provider's path.
 */
export function profileIdentifier({ linkedinUrl, profileUrn }: LinkedinTraces): string | null {
  return profileIdIn(profileUrn ?? "") ?? publicIdIn(linkedinUrl ?? "");
}

/** Ids of members begin so, whichever of LinkedIn's products names them. */
const PROFILE_ID = /^AC[a-z][A-Za-z0-9_-]{10,200}$/;

/** In sales navigator's URNs the id stands in brackets with others: `urn:li:fs_salesProfile:(ACw…,NAME_SEARCH,abcd)`. */
function profileIdIn(urn: string): string | null {
  const last = urn.trim().split(":").at(-1) ?? "";
  const id = last.replace(/^\(/, "").replace(/[,)].*$/s, "");
  return PROFILE_ID.test(id) && (!urn.includes(":") || /^urn:li:/i.test(urn.trim())) ? id : null;
}

/** With or without a scheme, of any country's host; what stands behind the name doesn't matter. */
const PROFILE_URL = /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*linkedin\.com(?::443)?\/in\/([^/?#\s]+)(?:[/?#]|$)/i;

function publicIdIn(url: string): string | null {
  const encoded = PROFILE_URL.exec(url.trim())?.[1];
  if (encoded === undefined) return null;
  const name = decoded(encoded)?.trim() ?? "";
  // LinkedIn gives no name under three characters; "me" is whoever looks. An encoded slash or dots would be another path; control characters are no part of anybody's name.
  return name.length < 3 || name.length > 200 || /[/\\?#\p{Cc}]|^\.+$/u.test(name) ? null : name;
}

/** Null for what isn't UTF-8 in percent-encoding. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
