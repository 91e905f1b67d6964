import type { SendResult } from "../../../core/mail/outgoing.ts";
import type { SmtpCapabilities } from "./capabilities.ts";
import type { SmtpConnection } from "./connection.ts";
import type { DialogueClock } from "./dialogue-clock.ts";
import { converse, type Said } from "./said.ts";

export interface SmtpCredentials {
  readonly username: string;
  readonly password: string;
}

/** AUTH PLAIN (RFC 4616) or else LOGIN; nothing when there are no credentials. */
export async function authenticate(
  connection: SmtpConnection,
  capabilities: SmtpCapabilities,
  credentials: SmtpCredentials | null,
  clock: DialogueClock,
): Promise<Said<unknown>> {
  if (credentials === null) return { ok: true, value: null };
  if (capabilities.authMechanisms.has("PLAIN"))
    return quietly(credentials, await plain(connection, credentials, clock));
  if (capabilities.authMechanisms.has("LOGIN"))
    return quietly(credentials, await login(connection, credentials, clock));
  const detail = "auth: the server offers neither AUTH PLAIN nor AUTH LOGIN";
  return {
    ok: false,
    result: { kind: "refused", scope: "configuration", addressDead: false, code: "no_auth", detail },
  };
}

function plain(
  connection: SmtpConnection,
  { username, password }: SmtpCredentials,
  clock: DialogueClock,
): Promise<Said<unknown>> {
  return converse(
    "auth",
    connection.command(`AUTH PLAIN ${base64(`\0${username}\0${password}`)}`, clock.stageMs()),
    [235],
  );
}

async function login(
  connection: SmtpConnection,
  { username, password }: SmtpCredentials,
  clock: DialogueClock,
): Promise<Said<unknown>> {
  const asked = await converse("auth", connection.command("AUTH LOGIN", clock.stageMs()), [334]);
  if (!asked.ok) return asked;
  const named = await converse("auth", connection.command(base64(username), clock.stageMs()), [334]);
  if (!named.ok) return named;
  return converse("auth", connection.command(base64(password), clock.stageMs()), [235]);
}

/** Some servers repeat what they were told; our log must not. */
function quietly(credentials: SmtpCredentials, said: Said<unknown>): Said<unknown> {
  if (said.ok || !("detail" in said.result)) return said;
  const secrets = [
    base64(`\0${credentials.username}\0${credentials.password}`),
    base64(credentials.password),
    credentials.password,
  ];
  const detail = secrets
    .filter((secret) => secret !== "")
    .reduce((text, secret) => text.replaceAll(secret, "[hidden]"), said.result.detail);
  const result: SendResult = { ...said.result, detail };
  return { ok: false, result };
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
