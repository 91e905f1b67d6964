import { expect, test } from "vitest";
import { safePath } from "../../../worker/people/safe-path.ts";
import { browser } from "../../support/people.ts";

const ORIGIN = "https://drafthook.test";
const EVIL = ["evil.example", "evil.example/", "evil.example/x?y#z", "drafthook.test@evil.example", "evil.example:443"];
/** What has been tried on others, each before a host that is none of ours. */
const BEGINNINGS = [
  ...[
    "//",
    "///",
    "////",
    "/\\",
    "\\/",
    "\\\\",
    "/\\/",
    "//\\",
    "/\\\\",
    "\\",
    "/%09/",
    "/\t/",
    "/\n/",
    "/\r/",
    "/\t\\",
  ],
  ...["\t//", "\n//", " //", "\u00a0//", "\u3000//", "\u0000//", "/\u0000/", "http:", "http:/", "http://", "http:\\\\"],
  ...[
    "https:",
    "https:/",
    "https://",
    "https:///",
    "https:\\\\",
    "HTTPS://",
    "hTTps:\t//",
    "java\tscript://",
    "ftp://",
  ],
  ...[
    "/.//",
    "/..//",
    "/./\\",
    "/..\\\\",
    "/%2e//",
    "/%2e%2e//",
    "/.\t//",
    "/x/..//",
    "/x/../\\",
    "/.\\/",
    "\u2215\u2215",
  ],
  ...["/././/", "/\u2028/", "?//", "#//", "@", "/@/../..//", "//%0d%0a"],
];
const PAYLOADS = [
  ...BEGINNINGS.flatMap((beginning) => EVIL.map((host) => beginning + host)),
  ...["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "blob:https://drafthook.test/x"],
  ...["", " ", "x", "about:blank", "file:///etc/passwd", "//", "/\\", "https://drafthook.test.evil.example/"],
];

test(`of ${PAYLOADS.length} payloads in \`next\` none leads anywhere but to a path of our own`, () => {
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(240);
  expect(PAYLOADS.filter((payload) => leavesUs(safePath(payload, ORIGIN)))).toEqual([]);
});

test("the page itself says the same", async () => {
  const faults: string[] = [];
  for (const payload of PAYLOADS) {
    const { body } = await browser().get(`/sign-in?next=${encodeURIComponent(payload)}`);
    const [, next = ""] = /<main data-next="([^"]*)">/.exec(body) ?? [];
    if (next === "" || leavesUs(next.replaceAll("&amp;", "&"))) faults.push(payload);
  }
  expect(faults).toEqual([]);
});

test.each(["/", "/cadences", "/cadences/cad_1?tab=log#last", "/a//b", "/%2F%2Fx"])(
  "%s is a path of our own",
  (path) => {
    expect(safePath(path, ORIGIN)).toBe(path);
  },
);

test("the control: a check by the first character alone, or by the origin alone, is found", () => {
  const byCharacter = (text: string) => (text.startsWith("/") ? text : "/");
  const byOrigin = (text: string) => {
    const url = URL.canParse(text, ORIGIN) ? new URL(text, ORIGIN) : null;
    return url?.origin === ORIGIN ? url.pathname : "/";
  };
  expect(PAYLOADS.filter((payload) => leavesUs(byCharacter(payload))).length).toBeGreaterThan(30);
  expect(PAYLOADS.filter((payload) => leavesUs(byOrigin(payload))).length).toBeGreaterThan(5);
});

/** Where a browser would go from the page of signing in. */
function leavesUs(path: string): boolean {
  return !URL.canParse(path, `${ORIGIN}/sign-in`) || new URL(path, `${ORIGIN}/sign-in`).origin !== ORIGIN;
}
