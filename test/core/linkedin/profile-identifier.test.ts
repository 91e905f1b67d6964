import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { profileIdentifier } from "../../../core/linkedin/profile-identifier.ts";

const byUrl = (linkedinUrl: string) => profileIdentifier({ linkedinUrl, profileUrn: null });
const byUrn = (profileUrn: string) => profileIdentifier({ linkedinUrl: null, profileUrn });
const ID = "ACoAAAh_Ffqss54sqAGQOD8u7sl5of04y9_3AwyM";

describe("a lead is found by the last part of their profile's URL", () => {
  test.each([
    ["as it is copied", "https://www.linkedin.com/in/jane-doe/", "jane-doe"],
    ["without a slash", "https://www.linkedin.com/in/jane-doe", "jane-doe"],
    ["with a query", "https://www.linkedin.com/in/jane-doe/?originalSubdomain=uk", "jane-doe"],
    ["with a query at once", "https://www.linkedin.com/in/jane-doe?trk=x#about", "jane-doe"],
    ["of a country", "https://uk.linkedin.com/in/jane-doe", "jane-doe"],
    ["of the mobile page", "http://m.linkedin.com/in/jane-doe", "jane-doe"],
    ["without a scheme", "linkedin.com/in/jane-doe", "jane-doe"],
    ["in capitals", "HTTPS://WWW.LINKEDIN.COM/IN/Jane-Doe", "Jane-Doe"],
    ["with spaces around it", "  https://www.linkedin.com/in/jane-doe/  ", "jane-doe"],
    ["with more behind it", "https://www.linkedin.com/in/jane-doe/details/experience/", "jane-doe"],
    ["percent-encoded", "https://www.linkedin.com/in/j%C3%BCrgen-m%C3%BCller-5a1", "jürgen-müller-5a1"],
    ["in its own letters", "https://www.linkedin.com/in/jürgen-müller-5a1", "jürgen-müller-5a1"],
    ["with a port", "https://www.linkedin.com:443/in/jane-doe", "jane-doe"],
    ["with their id in place of a name", `https://www.linkedin.com/in/${ID}`, ID],
  ])("%s", (_, url, expected) => {
    expect(byUrl(url)).toBe(expected);
  });
});

describe("or by their profile id", () => {
  test.each([
    ["a URN", `urn:li:fsd_profile:${ID}`],
    ["an older URN", `urn:li:fs_miniProfile:${ID}`],
    ["a URN of sales navigator", `urn:li:fs_salesProfile:(${ID},NAME_SEARCH,abcd)`],
    ["the id alone", ` ${ID} `],
  ])("%s", (_, urn) => {
    expect(byUrn(urn)).toBe(ID);
  });

  test("which is taken before the URL, since people change their URLs", () => {
    expect(profileIdentifier({ linkedinUrl: "https://www.linkedin.com/in/jane-doe", profileUrn: ID })).toBe(ID);
  });

  test("and where it is none, by the URL", () => {
    const linkedinUrl = "https://www.linkedin.com/in/jane-doe";
    expect(profileIdentifier({ linkedinUrl, profileUrn: "urn:li:organization:1441" })).toBe("jane-doe");
  });
});

describe("nobody is found", () => {
  test.each([
    ["by a company's page", "https://www.linkedin.com/company/acme/"],
    ["by a school's page", "https://www.linkedin.com/school/acme/"],
    ["by a page of sales navigator", "https://www.linkedin.com/sales/lead/ACwAAAh_Ffqss54,NAME_SEARCH,abcd"],
    ["by an old public URL", "https://www.linkedin.com/pub/jane-doe/1/2/3"],
    ["on another host", "https://www.example.com/in/jane-doe"],
    ["on a host that only ends so", "https://notlinkedin.com/in/jane-doe"],
    ["on a host that only begins so", "https://linkedin.com.example/in/jane-doe"],
    ["behind somebody's name", "https://linkedin.com@example.com/in/jane-doe"],
    ["behind a name on the right host", "https://jane@linkedin.com/in/jane-doe"],
    ["in a query", "https://example.com/?u=https://www.linkedin.com/in/jane-doe"],
    ["by another scheme", "javascript://www.linkedin.com/in/jane-doe"],
    ["without a name", "https://www.linkedin.com/in/"],
    ["by the page of whoever looks", "https://www.linkedin.com/in/me/"],
    ["by dots", "https://www.linkedin.com/in/.."],
    ["by encoded dots", "https://www.linkedin.com/in/%2e%2e"],
    ["by an encoded slash", "https://www.linkedin.com/in/jane%2f..%2f..%2faccounts"],
    ["by an encoded line end", "https://www.linkedin.com/in/jane%0d%0ax"],
    ["by what isn't UTF-8", "https://www.linkedin.com/in/%ff%fe"],
    ["by nothing", ""],
  ])("%s", (_, url) => {
    expect(byUrl(url)).toBeNull();
  });

  test.each(["urn:li:organization:1441", "urn:li:member:12345", "urn:x:fsd_profile:ACoAAAh_Ffqss54sqAGQ", "ACo", ""])(
    "by %j",
    (urn) => {
      expect(byUrn(urn)).toBeNull();
    },
  );
});

test("whatever is pasted, nothing throws, and what comes out is one segment of a path", () => {
  const piece = fc.constantFrom(
    "https://",
    "www.",
    "linkedin.com",
    "/in/",
    "urn:li:",
    "%2f",
    "%",
    "..",
    ID,
    "\u0000",
    "?",
    "(",
  );
  const pasted = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.oneof(piece, fc.string())).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(pasted, pasted, (linkedinUrl, profileUrn) => {
      const found = profileIdentifier({ linkedinUrl, profileUrn });
      expect(found === null || (found !== "" && !/[/\\?#]|^\.+$/.test(found))).toBe(true);
    }),
  );
});
