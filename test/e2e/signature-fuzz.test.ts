import { createHmac, timingSafeEqual } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { expect, test } from "vitest";
import { webhookSignature } from "../../adapters/webhook/sign.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/**
 * The packages that customers use; both have to agree. Svix's reads the headers and leaves the reckoning to the other one,
 * so the opinion of its own is `specificationTakes`.
 */
function librariesTake(id: string, timestamp: string, body: string, signature: string, secret = SECRET): boolean {
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
  const [standard, svix] = [new Webhook(secret), new SvixWebhook(secret)].map((library) =>
    verifies(() => library.verify(body, headers)),
  );
  if (standard !== svix) throw new Error(`the libraries differ about ${id}`);
  return standard === true;
}

function verifies(verify: () => unknown): boolean {
  try {
    verify();
    return true;
  } catch {
    return false;
  }
}

/** The specification's words, by node's own HMAC. */
function specificationTakes(id: string, timestamp: string, body: string, signature: string): boolean {
  const mac = createHmac("sha256", Buffer.from(SECRET.slice("whsec_".length), "base64"))
    .update(`${id}.${timestamp}.${body}`)
    .digest();
  return signature.split(" ").some((part) => {
    const given = Buffer.from(part.replace(/^v1,/, ""), "base64");
    return given.length === mac.length && timingSafeEqual(given, mac);
  });
}

const text = fc.string({ unit: "binary", maxLength: 200 });
const body = fc.oneof(
  fc.record({ type: text, leadName: text, context: fc.dictionary(text, text) }).map((value) => JSON.stringify(value)),
  fc.constant("{}"),
  fc.constant(JSON.stringify({ text: "👩‍🚀 中 ".repeat(2_000) })),
);

test("R11: whatever is in the body, both libraries and the specification verify it", async () => {
  await fc.assert(
    fc.asyncProperty(body, fc.nat(1_000_000), async (content, n) => {
      const id = `drf_${n}`;
      const now = Math.floor(Date.now() / 1000);
      const signature = await webhookSignature([SECRET], id, now, content);
      return librariesTake(id, `${now}`, content, signature) && specificationTakes(id, `${now}`, content, signature);
    }),
    { numRuns: 1_000 },
  );
});

test("R11: no request verifies of which one bit was turned over, in id, timestamp or body", async () => {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    "drf_abc_0_1",
    `${now}`,
    JSON.stringify({ type: "cadence.step.draft.requested", leadName: "Jané 👩‍🚀" }),
  ] as const;
  const signature = await webhookSignature([SECRET], parts[0], now, parts[2]);
  expect(librariesTake(...parts, signature) && specificationTakes(...parts, signature)).toBe(true);
  let flips = 0;
  for (const part of [0, 1, 2] as const) {
    const bytes = Buffer.from(parts[part]);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      // As text again, as whoever receives it would read it.
      const forged = parts.map((whole, n) => (n === part ? flipped.toString("utf8") : whole)) as [
        string,
        string,
        string,
      ];
      expect([part, bit, librariesTake(...forged, signature)]).toEqual([part, bit, false]);
      expect([part, bit, specificationTakes(...forged, signature)]).toEqual([part, bit, false]);
      flips += 1;
    }
  }
  expect(flips).toBeGreaterThan(500);
});

test("R11: during a rotation either secret verifies, and no third one", async () => {
  const now = Math.floor(Date.now() / 1000);
  const signature = await webhookSignature([OTHER, SECRET], "drf_1", now, "{}");
  expect([OTHER, SECRET].map((secret) => librariesTake("drf_1", `${now}`, "{}", signature, secret))).toEqual([
    true,
    true,
  ]);
  expect(librariesTake("drf_1", `${now}`, "{}", signature, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).toBe(false);
});

test("T8: a request that somebody caught and brings again 301 seconds later is refused, with its own signature", async () => {
  const now = Math.floor(Date.now() / 1000);
  const takenAfter = async (seconds: number) => {
    const at = now - seconds;
    return librariesTake("drf_1", `${at}`, "{}", await webhookSignature([SECRET], "drf_1", at, "{}"));
  };
  expect(await takenAfter(301)).toBe(false);
  expect(await takenAfter(-301)).toBe(false);
  // The control: the same one, in time.
  expect(await takenAfter(290)).toBe(true);
  // A later attempt carries its own time, and the time of the first one can't be put in its place.
  const signature = await webhookSignature([SECRET], "drf_1", now - 301, "{}");
  expect(librariesTake("drf_1", `${now}`, "{}", signature)).toBe(false);
});
