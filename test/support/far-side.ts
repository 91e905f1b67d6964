import { env } from "cloudflare:workers";
import { inject } from "vitest";
import type { Dial } from "../../adapters/mail/smtp/connection.ts";
import type { MailgunOrder, MailgunRecord } from "./mailgun-double.ts";
import type { PostmarkOrder, PostmarkRecord } from "./postmark-double.ts";
import type { ReceivedMail } from "./received-mail.ts";
import type { ResendOrder, ResendRecord } from "./resend-double.ts";
import type { SesOrder, SesRecord } from "./ses-double.ts";
import type { SmtpServerOrder } from "./smtp-far-side.ts";
import type { SmtpScript, SmtpTranscript } from "./smtp-scripted-server.ts";
import type { UnipileDoubleOrder, UnipileRecord } from "./unipile-double.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      /** Real sockets to loopback only (test/vitest.workerd.config.ts). */
      LOOPBACK: Fetcher;
    }
  }
}

/** `connect` of `cloudflare:sockets`, but through the binding that reaches loopback and trusts the test's certificate. */
export const dialLoopback: Dial = (address, options) => env.LOOPBACK.connect(address, options);

/** `fetch`, but through the binding that reaches loopback. */
export const fetchLoopback = (url: string, init: RequestInit): Promise<Response> => env.LOOPBACK.fetch(url, init);

/** Starts a real mail server of its own for a test; gives its port. */
export function startMailServer(order: SmtpServerOrder): Promise<number> {
  return startServer("servers", order);
}

/** Starts a server that follows a script, odd ones too; gives its port. */
export function startScript(script: SmtpScript): Promise<number> {
  return startServer("scripts", script);
}

/** Starts a double of Resend's API; gives its port. */
export function startResend(order: ResendOrder): Promise<number> {
  return startServer("resend", order);
}

export function resendRecordOf(port: number): Promise<ResendRecord> {
  return ask<ResendRecord>("GET", `resend/${port}`);
}

/** Starts an emulator of Resend's API that isn't ours; gives its port. */
export async function startResendEmulator(): Promise<number> {
  const { port } = await ask<{ port: number }>("POST", "resend-emulator");
  return port;
}

export function mailsOfResendEmulatorAt(port: number): Promise<readonly ReceivedMail[]> {
  return ask<readonly ReceivedMail[]>("GET", `resend-emulator/${port}`);
}

/** Starts a double of Postmark's API; gives its port. */
export function startPostmark(order: PostmarkOrder): Promise<number> {
  return startServer("postmark", order);
}

export function postmarkRecordOf(port: number): Promise<PostmarkRecord> {
  return ask<PostmarkRecord>("GET", `postmark/${port}`);
}

/** Starts a double of the API of SES; gives its port. */
export function startSes(order: SesOrder): Promise<number> {
  return startServer("ses", order);
}

export function sesRecordOf(port: number): Promise<SesRecord> {
  return ask<SesRecord>("GET", `ses/${port}`);
}

/** Starts a double of Mailgun's API; gives its port. */
export function startMailgun(order: MailgunOrder): Promise<number> {
  return startServer("mailgun", order);
}

export function mailgunRecordOf(port: number): Promise<MailgunRecord> {
  return ask<MailgunRecord>("GET", `mailgun/${port}`);
}

/** Starts a double of Unipile's API; gives its port. */
export function startUnipile(order: Omit<UnipileDoubleOrder, "now">): Promise<number> {
  return startServer("unipile", order);
}

export function unipileRecordOf(port: number): Promise<UnipileRecord> {
  return askDouble<UnipileRecord>(port, "GET", "record");
}

/** Orders a double of Unipile about (unipile-control.ts). */
export function orderUnipile(port: number, verb: string, body: object): Promise<object> {
  return askDouble<object>(port, "POST", verb, JSON.stringify(body));
}

export function mailsOf(port: number): Promise<readonly ReceivedMail[]> {
  return ask<readonly ReceivedMail[]>("GET", `servers/${port}`);
}

export function transcriptOf(port: number): Promise<SmtpTranscript> {
  return ask<SmtpTranscript>("GET", `scripts/${port}`);
}

/** A message read by mailparser. */
export function readRaw(raw: string): Promise<ReceivedMail> {
  return ask<ReceivedMail>("POST", "read", raw);
}

async function startServer(
  room: "servers" | "scripts" | "resend" | "postmark" | "ses" | "mailgun" | "unipile",
  order: SmtpServerOrder | SmtpScript | ResendOrder | PostmarkOrder | SesOrder | MailgunOrder | UnipileDoubleOrder,
): Promise<number> {
  const { port } = await ask<{ port: number }>("POST", room, JSON.stringify(order));
  return port;
}

function ask<Answer>(method: string, path: string, body?: string): Promise<Answer> {
  return askAt(`http://127.0.0.1:${inject("farSidePort")}/${path}`, method, body);
}

function askDouble<Answer>(port: number, method: string, verb: string, body?: string): Promise<Answer> {
  return askAt(`http://127.0.0.1:${port}/_double/${verb}`, method, body);
}

async function askAt<Answer>(url: string, method: string, body?: string): Promise<Answer> {
  const response = await env.LOOPBACK.fetch(url, {
    method,
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`the far side says ${response.status}: ${await response.text()}`);
  return response.json<Answer>();
}
