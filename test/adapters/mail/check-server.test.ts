import { expect, test } from "vitest";
import { checkMailServer } from "../../../adapters/mail/check-server.ts";

const submission = { host: "smtp.example.com", port: 587, security: "starttls" } as const;

test.each([
  ["smtp.example.com", 465, "tls"],
  ["smtp.example.com.", 587, "starttls"],
  ["bücher.example", 2525, "starttls"],
] as const)("mail may be handed to %s on port %i with %s", (host, port, security) => {
  expect(checkMailServer({ host, port, security }, false)).toEqual({ ok: true });
});

test.each([
  ["an address", { host: "10.0.0.1" }, "host"],
  ["an address in another spelling", { host: "0x7f000001" }, "host"],
  ["an IPv6 address", { host: "[::1]" }, "host"],
  ["this machine", { host: "localhost" }, "host"],
  ["a single label", { host: "mail" }, "host"],
  ["a host with a path", { host: "smtp.example.com/x" }, "host"],
  ["a host with a port", { host: "smtp.example.com:25" }, "host"],
  ["a host with a user", { host: "a@smtp.example.com" }, "host"],
  ["a host with a line break", { host: "smtp.example.com\r\nQUIT" }, "host"],
  ["port 25, which Workers can't reach", { port: 25 }, "port"],
  ["a port of something else", { port: 6379 }, "port"],
  ["no TLS", { security: "none" }, "security"],
] as const)("not to %s", (_, change, field) => {
  expect(checkMailServer({ ...submission, ...change }, false)).toMatchObject({ ok: false, field });
});

test("local mode reaches this machine on any port in the clear, and nothing else so", () => {
  expect(checkMailServer({ host: "127.0.0.1", port: 10_025, security: "none" }, true)).toEqual({ ok: true });
  expect(checkMailServer({ host: "localhost", port: 25, security: "none" }, true)).toEqual({ ok: true });
  expect(checkMailServer({ ...submission, security: "none" }, true)).toMatchObject({ ok: false, field: "security" });
  expect(checkMailServer({ ...submission, host: "10.0.0.1" }, true)).toMatchObject({ ok: false, field: "host" });
});
