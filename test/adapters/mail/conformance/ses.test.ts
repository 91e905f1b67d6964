import { expect, test } from "vitest";
import { fetchLoopback } from "../../../support/far-side.ts";
import { findFailures, testConformance } from "./run-conformance.ts";
import { sesSubject } from "./ses-subject.ts";

testConformance(sesSubject("ses"));

test("a client that doesn't knock is caught by the kit", async () => {
  const rash = (url: string, init: RequestInit) =>
    init.method === "GET" ? Promise.resolve(new Response(null, { status: 404 })) : fetchLoopback(url, init);
  expect(await findFailures(sesSubject("rash", rash))).toEqual(["where nobody answers at all, nothing was sent"]);
});

test("a body that isn't the one that was signed is caught by the kit", async () => {
  const meddling = (url: string, init: RequestInit) =>
    fetchLoopback(url, typeof init.body === "string" ? { ...init, body: `${init.body} ` } : init);
  expect(await findFailures(sesSubject("meddling", meddling))).toContain(
    "an accepted mail arrives with its names, addresses, subject, text, ids and date",
  );
});
