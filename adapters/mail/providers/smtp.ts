import { connect } from "cloudflare:sockets";
import type { MailProvider, OutgoingMail, SendResult } from "../../../core/mail/outgoing.ts";
import { composeMime } from "../mime.ts";
import type { Dial } from "../smtp/connection.ts";
import { runDialogue, type SmtpSecurity } from "../smtp/dialogue.ts";
import type { SmtpTimeouts } from "../smtp/dialogue-clock.ts";
import { makeEnvelope, readEnvelope, writeEnvelope } from "../smtp/envelope.ts";

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly security: SmtpSecurity;
  /** No AUTH when either is missing or null. */
  readonly username?: string | null;
  readonly password?: string | null;
  /** What we call ourselves in EHLO: a host name or an address literal. Default: `[127.0.0.1]`. */
  readonly heloName?: string | null;
}

export interface SmtpOptions {
  /** Lets `security: "none"` speak: only local mode may say so, for a server on loopback. */
  readonly allowPlaintext?: boolean;
  readonly timeouts?: Partial<SmtpTimeouts>;
  /** Stands in for `connect` of `cloudflare:sockets`. */
  readonly dial?: Dial;
}

/** 9 s to say everything and 15 s for the answer: 24 s in all, within the 30 s that a send's lease reckons with. */
const TIMEOUTS: SmtpTimeouts = { stageMs: 7_000, beforeFinalDotMs: 9_000, acceptanceMs: 15_000 };

/** Doors of services that put an id of their own into every message (mail.md 3.2). */
const REWRITING_RELAYS =
  /^(?:email-smtp(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com|smtp\.mx\.cloudflare\.net|smtp\.resend\.com)$/i;

/**
 * A mail server of the customer's own. The payload is JSON of the envelope and the exact message. The server recognises
 * no repeats: after `unknown` a second try may be a second mail.
 */
export function smtpProvider(settings: SmtpSettings, options: SmtpOptions = {}): MailProvider {
  return {
    name: "smtp",
    idempotencyWindowMs: null,
    keepsMessageId: REWRITING_RELAYS.test(settings.host) ? "learn" : "yes",
    compose: async (mail: OutgoingMail) => writeEnvelope(makeEnvelope(mail, await composeMime(mail))),
    send: (payload: string) => send(payload, settings, options),
    lookUp: null,
  };
}

async function send(payload: string, settings: SmtpSettings, options: SmtpOptions): Promise<SendResult> {
  const envelope = readEnvelope(payload);
  if (settings.security === "none" && options.allowPlaintext !== true) {
    return misconfigured("no_tls", "mail is sent over TLS only, save to a server on this machine in local mode");
  }
  const heloName = settings.heloName ?? "[127.0.0.1]";
  if (!/^[a-z0-9.:[\]-]{1,255}$/iu.test(heloName))
    return misconfigured("bad_helo_name", "the EHLO name is no host name");
  const { username, password } = settings;
  const credentials = username != null && password != null ? { username, password } : null;
  const server = { host: settings.host, port: settings.port, security: settings.security, credentials, heloName };
  return runDialogue(options.dial ?? connect, server, envelope, { ...TIMEOUTS, ...options.timeouts });
}

function misconfigured(code: string, detail: string): SendResult {
  return { kind: "refused", scope: "configuration", addressDead: false, code, detail };
}
