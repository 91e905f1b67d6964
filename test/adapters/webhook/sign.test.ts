import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { compatibilitySignature, traceparent, webhookSignature } from "../../../adapters/webhook/sign.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

test("the specification's known answer comes out", async () => {
  expect(await webhookSignature([SECRET], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')).toBe(
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  );
});

test.each([
  ["plain", '{"a":1}'],
  ["empty object", "{}"],
  ["beyond the basic plane", '{"name":"José 👩‍🚀 中村"}'],
  ["20 kB", JSON.stringify({ text: "x".repeat(20_000) })],
])("an independent library verifies it: %s", async (_name, body) => {
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    "webhook-id": "drf_x",
    "webhook-timestamp": String(timestamp),
    "webhook-signature": await webhookSignature([SECRET], "drf_x", timestamp, body),
  };
  expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(SECRET).verify(`${body} `, headers)).toThrow();
  expect(() => new Webhook(SECRET).verify(body, { ...headers, "webhook-id": "drf_y" })).toThrow();
  expect(() => new Webhook(OTHER).verify(body, headers)).toThrow();
});

test("during a rotation both secrets verify", async () => {
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    "webhook-id": "drf_x",
    "webhook-timestamp": String(timestamp),
    "webhook-signature": await webhookSignature([OTHER, SECRET], "drf_x", timestamp, "{}"),
  };
  for (const secret of [SECRET, OTHER]) expect(new Webhook(secret).verify("{}", headers)).toEqual({});
});

test("the compatibility signature is v1= and hex over the raw body, keyed by the secret as it was shown", async () => {
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(SECRET),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode("{}")));
  expect(await compatibilitySignature(SECRET, "{}")).toBe(
    `v1=${[...mac].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`,
  );
});

test("all attempts of a draft are one trace, each its own span", async () => {
  const [first, second] = [await traceparent("drf_x", 1), await traceparent("drf_x", 2)];
  expect(first.header).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(first.traceId).toBe(second.traceId);
  expect(first.header).not.toBe(second.header);
});
