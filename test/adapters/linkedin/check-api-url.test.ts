import { expect, test } from "vitest";
import { isLinkedinApiAllowed } from "../../../adapters/linkedin/check-api-url.ts";

const there = { PUBLIC_URL: "https://drafthook.test", LOCAL_MODE: "off", DOH_URL: "" };

test.each(["https://api8.unipile.com:13851/api/v1", "https://api8.unipile.com/api/v1", "https://a.example:1024/x"])(
  "%s may be asked",
  (url) => {
    expect(isLinkedinApiAllowed(there, url)).toEqual({ ok: true });
  },
);

test.each([
  ["without TLS", "http://api8.unipile.com:13851/api/v1"],
  ["a port of mail", "https://api8.unipile.com:25/api/v1"],
  ["a port of other services", "https://api8.unipile.com:1023/api/v1"],
  ["an address", "https://10.0.0.1:13851/api/v1"],
  ["this machine", "https://localhost:13851/api/v1"],
  ["this installation, at whatever port", "https://drafthook.test:13851/api/v1"],
  ["with a query", "https://api8.unipile.com:13851/api/v1?x=1"],
  ["no URL", "api8.unipile.com"],
])("%s: not %s", (_, url) => {
  expect(isLinkedinApiAllowed(there, url)).toMatchObject({ ok: false });
});
