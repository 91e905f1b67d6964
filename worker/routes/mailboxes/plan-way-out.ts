import type { MailboxChanges, MailboxRow } from "../../../adapters/d1/mailboxes.ts";
import { MAIL_API_NAMES, MAIL_APIS, type MailApiName } from "../../../core/contract/mail-apis.ts";
import { StoredSmtp, type UpdateMailbox } from "../../../core/contract/mailbox.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";
import { apiUrlFaults } from "./api-url.ts";
import { sealMailboxSecret } from "./secret.ts";
import { smtpFaults } from "./smtp.ts";

type Plan =
  | { readonly ok: true; readonly changes: MailboxChanges }
  | { readonly ok: false; readonly faults: readonly ProblemError[] };

/** What changes of how a mailbox's mail goes out. A part that belongs to another provider is a fault. */
export async function planWayOut(env: Env, before: MailboxRow, wish: UpdateMailbox): Promise<Plan> {
  for (const provider of ["smtp", ...MAIL_API_NAMES] as const)
    if (wish[provider] !== undefined && before.provider !== provider) return foreign(provider, before);
  if (wish.smtp !== undefined) return planServer(env, before, wish.smtp);
  for (const provider of MAIL_API_NAMES) {
    const part = wish[provider];
    if (part !== undefined) return planApi(env, before, provider, part);
  }
  return { ok: true, changes: {} };
}

function foreign(provider: string, before: MailboxRow): Plan {
  const detail = `belongs to a mailbox with the provider ${provider}; this one has ${before.provider}`;
  return { ok: false, faults: [{ pointer: `/${provider}`, detail }] };
}

/** What is left out stays, and the whole is judged, since each part may spoil another. */
async function planServer(env: Env, before: MailboxRow, wish: NonNullable<UpdateMailbox["smtp"]>): Promise<Plan> {
  const { password, ...server } = wish;
  const smtp = StoredSmtp.parse({ ...JSON.parse(before.settings), ...server });
  const faults = await smtpFaults(env, smtp, password === undefined ? before.secret !== null : password !== null);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, changes: { settings: JSON.stringify(smtp), ...(await sealed(env, before, password)) } };
}

/** The stored secret is never told to another address than it was given for, nor put together with another's name. */
async function planApi(
  env: Env,
  before: MailboxRow,
  provider: MailApiName,
  wish: Readonly<Record<string, string | null | undefined>>,
): Promise<Plan> {
  const { stored, secretName, goesWithSecret } = MAIL_APIS[provider];
  const { [secretName]: secret, ...changed } = wish;
  const was: Readonly<Record<string, string | null>> = stored.parse(JSON.parse(before.settings));
  const settings: Readonly<Record<string, string | null>> = stored.parse({ ...was, ...changed });
  const faults = await apiUrlFaults(env, provider, settings["apiUrl"] ?? null);
  if (faults.length > 0) return { ok: false, faults };
  const moved = goesWithSecret.find((name) => settings[name] !== was[name]);
  if (moved !== undefined && secret === undefined) {
    const detail = `must come with another ${moved}`;
    return { ok: false, faults: [{ pointer: `/${provider}/${secretName}`, detail }] };
  }
  return { ok: true, changes: { settings: JSON.stringify(settings), ...(await sealed(env, before, secret)) } };
}

/** A secret that is left out stays. */
async function sealed(env: Env, before: MailboxRow, secret: string | null | undefined): Promise<MailboxChanges> {
  return secret === undefined ? {} : { secret: await sealMailboxSecret(env, before.tenantId, before.id, secret) };
}
