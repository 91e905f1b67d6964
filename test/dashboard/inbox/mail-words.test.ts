import { describe, expect, it } from "vitest";
import { INBOUND_KINDS } from "../../../core/mail/inbound.ts";
import {
  KINDS,
  kindOf,
  nameKind,
  plain,
  rootOf,
  sayClassification,
  sayConfidence,
} from "../../../dashboard/src/features/inbox/mail-words.ts";

const BOUNCE = {
  class: "hard",
  addressDead: true,
  messagePermanent: true,
  reason: "user_unknown",
  recipient: "a@b.example",
  recipients: ["a@b.example"] as string[],
  status: "5.1.1",
  diagnostic: null,
} as const;
const said = (classification: Partial<Parameters<typeof sayClassification>[0]>) =>
  sayClassification({ kind: "human", subtype: null, confidence: 0.95, evidence: [], ...classification });

describe("what a mail was taken for", () => {
  it("has a name and a sentence for every kind that the engine knows", () => {
    for (const kind of INBOUND_KINDS) {
      expect(Object.keys(KINDS)).toContain(kind);
      expect(said({ kind })).toMatch(/\.$/);
    }
  });

  it("shows a kind that is new here as the engine names it", () => {
    expect(nameKind("carrier_pigeon")).toBe("Carrier pigeon");
    expect(kindOf("carrier_pigeon")).toBeUndefined();
    expect(kindOf("constructor")).toBeUndefined();
  });

  it("says of a bounce whether the address is dead", () => {
    expect(said({ kind: "bounce", bounce: BOUNCE })).toContain("The address is dead (user unknown)");
    expect(said({ kind: "bounce", bounce: { ...BOUNCE, addressDead: false, reason: "content_rejected" } })).toContain(
      "refused for good (content rejected); the address may still work",
    );
    expect(
      said({ kind: "bounce", bounce: { ...BOUNCE, addressDead: false, messagePermanent: false, reason: "unknown" } }),
    ).toContain("trouble that may pass.");
    expect(said({ kind: "bounce" })).toContain("doesn't say");
  });

  it("names the day and the stand-in of an absence", () => {
    const text = said({
      kind: "auto_reply",
      subtype: "ooo",
      absence: { returnsOn: "2027-01-05", successor: { name: null, email: "kim@b.example" } },
    });
    expect(text).toBe(
      "An automatic reply: the person is away. It names 2027-01-05 as the day of return, or the last day away. It names somebody else: <kim@b.example>.",
    );
  });

  it("doesn't hide a doubt", () => {
    expect(sayConfidence(0.95)).toBe("Sure (95 %)");
    expect(sayConfidence(0.82)).toContain("Fairly sure");
    expect(sayConfidence(0.6)).toContain("In doubt (60 %)");
  });
});

describe("subjects and codes", () => {
  it("takes any number of Re: in several languages away, and nothing else", () => {
    expect(rootOf("Re: AW: re: The roofs")).toBe("The roofs");
    expect(rootOf("Regarding the roofs")).toBe("Regarding the roofs");
    expect(rootOf(null)).toBe("");
  });

  it("writes a code as words", () => {
    expect(plain("null_sender")).toBe("Null sender");
  });
});
