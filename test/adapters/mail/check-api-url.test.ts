import { expect, test } from "vitest";
import { checkApiUrl } from "../../../adapters/mail/check-api-url.ts";

const there = { publicUrl: "https://drafthook.test", localMode: false };

test.each(["https://api.resend.com", "https://gateway.example.com:8443/resend"])("%s may be asked", (url) => {
  expect(checkApiUrl(url, there)).toEqual({ ok: true });
});

test.each([
  ["without TLS", "http://api.resend.com"],
  ["an address", "https://10.0.0.1"],
  ["this machine", "https://localhost"],
  ["this installation", "https://drafthook.test"],
  ["with a password", "https://a:b@api.resend.com"],
  ["with a query", "https://api.resend.com?x=1"],
  ["with an empty fragment", "https://api.resend.com/#"],
  ["no URL", "api.resend.com"],
])("%s: not %s", (_, url) => {
  expect(checkApiUrl(url, there)).toMatchObject({ ok: false });
});

test("a double on this machine is reached in local mode only", () => {
  expect(checkApiUrl("http://127.0.0.1:9000", { ...there, localMode: true })).toEqual({ ok: true });
  expect(checkApiUrl("http://127.0.0.1:9000", there)).toMatchObject({ ok: false });
});
