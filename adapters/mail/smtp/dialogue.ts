import type { SendResult } from "../../../core/mail/outgoing.ts";
import { authenticate, type SmtpCredentials } from "./authenticate.ts";
import { readCapabilities, type SmtpCapabilities } from "./capabilities.ts";
import { type Dial, SmtpConnection } from "./connection.ts";
import { DialogueClock, type SmtpTimeouts } from "./dialogue-clock.ts";
import type { SmtpEnvelope } from "./envelope.ts";
import { encodeMessageData } from "./message-data.ts";
import { showReply } from "./reply.ts";
import { converse, type Said } from "./said.ts";
import { judgeLoss, judgeReply } from "./verdict.ts";

/** `tls` is TLS from the first octet (465), `starttls` upgrades before anything is said (587), `none` is for loopback. */
export type SmtpSecurity = "tls" | "starttls" | "none";

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly security: SmtpSecurity;
  readonly credentials: SmtpCredentials | null;
  readonly heloName: string;
}

/** One message, one connection: from the greeting to the answer after the final dot, told as what became of the message. */
export async function runDialogue(
  dial: Dial,
  server: SmtpServer,
  envelope: SmtpEnvelope,
  timeouts: SmtpTimeouts,
): Promise<SendResult> {
  const clock = new DialogueClock(timeouts);
  const opened = await openSession(dial, server, clock);
  if (!opened.ok) return opened.result;
  const { connection, capabilities } = opened.value;
  const authenticated = await authenticate(connection, capabilities, server.credentials, clock);
  const result = authenticated.ok ? await transmit(connection, capabilities, envelope, clock) : authenticated.result;
  if (result.kind === "accepted" || result.kind === "refused") connection.quit();
  else connection.close();
  return result;
}

interface Session {
  readonly connection: SmtpConnection;
  readonly capabilities: SmtpCapabilities;
}

async function openSession(dial: Dial, server: SmtpServer, clock: DialogueClock): Promise<Said<Session>> {
  const secure = server.security === "tls" ? "on" : server.security === "starttls" ? "starttls" : "off";
  const address = { hostname: server.host, port: server.port };
  const opened = await SmtpConnection.open(dial, address, secure, clock.stageMs());
  if (!opened.ok) return { ok: false, result: judgeLoss("connect", opened.loss) };
  const session = await greet(opened.value, server, clock);
  if (!session.ok) opened.value.close();
  return session;
}

async function greet(connection: SmtpConnection, server: SmtpServer, clock: DialogueClock): Promise<Said<Session>> {
  const greeting = await converse("greeting", connection.reply(clock.stageMs()), [220]);
  if (!greeting.ok) return greeting;
  const first = await hello(connection, server, clock);
  if (!first.ok || server.security !== "starttls") return first;
  if (!first.value.capabilities.startTls) {
    const detail = "starttls: the server offers no STARTTLS, and we say nothing in the clear";
    return {
      ok: false,
      result: { kind: "refused", scope: "configuration", addressDead: false, code: "no_starttls", detail },
    };
  }
  const ready = await converse("starttls", connection.command("STARTTLS", clock.stageMs()), [220]);
  if (!ready.ok) return ready;
  const upgraded = await connection.startTls(clock.stageMs());
  if (!upgraded.ok) return { ok: false, result: judgeLoss("starttls", upgraded.loss) };
  // What was offered in the clear is worth nothing: ask again (RFC 3207 section 4.2).
  const second = await hello(upgraded.value, server, clock);
  if (!second.ok) upgraded.value.close();
  return second;
}

async function hello(connection: SmtpConnection, server: SmtpServer, clock: DialogueClock): Promise<Said<Session>> {
  const reply = await converse("ehlo", connection.command(`EHLO ${server.heloName}`, clock.stageMs()), [250]);
  return reply.ok ? { ok: true, value: { connection, capabilities: readCapabilities(reply.value) } } : reply;
}

async function transmit(
  connection: SmtpConnection,
  capabilities: SmtpCapabilities,
  envelope: SmtpEnvelope,
  clock: DialogueClock,
): Promise<SendResult> {
  const data = encodeMessageData(envelope.raw);
  const parameters = mailParameters(capabilities, envelope, data.body.length);
  if (!parameters.ok) return parameters.result;
  const from = await converse(
    "mail_from",
    connection.command(`MAIL FROM:<${envelope.envelopeFrom}>${parameters.value}`, clock.stageMs()),
    [250],
  );
  if (!from.ok) return from.result;

  const lead = await recipient(connection, envelope.to, clock);
  if (!lead.ok) return lead.result;
  const missed: string[] = [];
  for (const email of envelope.copies) {
    const taken = await recipient(connection, email, clock);
    if (taken.ok) continue;
    if (taken.result.kind !== "refused") return taken.result;
    // The lead's message doesn't wait for a dead address in Cc; nor may that address count as the lead's.
    missed.push(`${email} got no copy (${taken.result.detail})`);
  }

  const ready = await converse("data", connection.command("DATA", clock.stageMs()), [354]);
  if (!ready.ok) return ready.result;
  const body = await connection.write(data.body, clock.remainingMs());
  if (!body.ok) {
    // A server may say why it hangs up in the middle.
    const reason = await connection.reply(Math.min(1_000, clock.stageMs()));
    return reason.ok ? judgeReply("data", reason.value) : judgeLoss("data", body.loss);
  }

  // From here on a loss may follow acceptance: the dot is written apart so that no earlier failure is taken for one.
  const acceptUntil = Date.now() + clock.acceptanceMs;
  const dot = await connection.write(data.finalDot, clock.acceptanceMs);
  if (!dot.ok) return judgeLoss("end_of_data", dot.loss);
  const accepted = await converse("end_of_data", connection.reply(Math.max(1, acceptUntil - Date.now())), [250]);
  if (!accepted.ok) return accepted.result;
  const response = [showReply(accepted.value), ...missed].join("; ");
  return { kind: "accepted", providerMessageId: null, wireMessageId: null, response };
}

function recipient(connection: SmtpConnection, email: string, clock: DialogueClock): Promise<Said<unknown>> {
  return converse("rcpt_to", connection.command(`RCPT TO:<${email}>`, clock.stageMs()), [250, 251, 252]);
}

/** RFC 1870, RFC 6152, RFC 6531. What the server can't carry is refused here, before it is half sent. */
function mailParameters(capabilities: SmtpCapabilities, envelope: SmtpEnvelope, octets: number): Said<string> {
  const utf8Addresses = [envelope.envelopeFrom, envelope.to, ...envelope.copies].some(hasNonAscii);
  const eightBit = hasNonAscii(envelope.raw);
  if (utf8Addresses && !capabilities.smtpUtf8) {
    return refusedMessage("recipient", "no_smtputf8", "the server takes no address with letters outside ASCII");
  }
  if (eightBit && !capabilities.eightBitMime && !capabilities.smtpUtf8) {
    return refusedMessage("message", "no_8bitmime", "the server takes no message with octets outside ASCII");
  }
  if (capabilities.sizeMax !== null && octets > capabilities.sizeMax) {
    return refusedMessage(
      "message",
      "too_large",
      `the message has ${octets} octets, the server takes ${capabilities.sizeMax}`,
    );
  }
  const size = capabilities.hasSize ? ` SIZE=${octets}` : "";
  const body = eightBit && capabilities.eightBitMime ? " BODY=8BITMIME" : "";
  const utf8 = utf8Addresses || (eightBit && capabilities.smtpUtf8) ? " SMTPUTF8" : "";
  return { ok: true, value: `${size}${body}${utf8}` };
}

function refusedMessage(scope: "recipient" | "message", code: string, detail: string): Said<string> {
  return { ok: false, result: { kind: "refused", scope, addressDead: false, code, detail: `mail_from: ${detail}` } };
}

function hasNonAscii(text: string): boolean {
  return /[^\p{ASCII}]/u.test(text);
}
