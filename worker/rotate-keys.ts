import { type KeyEncryptionKeys, keyEncryptionKeys, rewrap } from "../adapters/crypto/seal.ts";
import {
  type KeyVersion,
  nextSealedRows,
  noteKeyProgress,
  noteKeyVersions,
  type Resealed,
  readKeyVersions,
  replaceSealed,
  type SealedRow,
  type SealedTable,
} from "../adapters/d1/key-versions.ts";
import { hooksSecretContext, linkedinSecretContext } from "../adapters/linkedin/account-secret.ts";
import { eventsSecretContext, mailboxSecretContext } from "../adapters/mail/mailbox-secret.ts";
import { endpointSecretContext } from "../adapters/webhook/open-endpoint.ts";
import { versionToMoveTo } from "../core/key-rotation.ts";

/** How long after a new secret is set isolates may still run without it. On one machine there is no other. */
const GRACE_MS = 10 * 60_000;
const ROWS_AT_ONCE = 200;
const PAGES_AT_MOST = 10;

export function keyGraceMs(env: Pick<Env, "LOCAL_MODE">): number {
  return env.LOCAL_MODE === "on" ? 0 : GRACE_MS;
}

/**
 * Brings the secrets of all tenants under the newest key-encryption key, some pages at each sweep, while everything goes on:
 * what is open stays so, and a secret that is changed meanwhile isn't touched. Nothing is done where all is moved. How far it
 * is stands in `key_versions`, for `npm run rotate-keys`.
 */
export async function moveSecrets(env: Env, now: number): Promise<void> {
  const keys = keyEncryptionKeys(env);
  const versions = [...keys.keys()];
  const seen = await readKeyVersions(env.DB);
  const unseen = versions.filter((version) => !seen.some((one) => one.version === version));
  if (unseen.length > 0) await noteKeyVersions(env.DB, unseen, now);
  const known = unseen.length > 0 ? await readKeyVersions(env.DB) : seen;
  const newest = versionToMoveTo(versions, known, now, keyGraceMs(env));
  const at = known.find(({ version }) => version === newest);
  if (at !== undefined) await move(env, keys, at, now);
}

async function move(env: Env, keys: KeyEncryptionKeys, from: KeyVersion, now: number): Promise<void> {
  let at = from;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const endpoints = await movePage(env, keys, at, "endpoints", at.endpointsUpTo);
    const mailboxes = await movePage(env, keys, at, "mailboxes", at.mailboxesUpTo);
    const accounts = await movePage(env, keys, at, "linkedin_accounts", at.linkedinAccountsUpTo);
    const isDone = endpoints.isLast && mailboxes.isLast && accounts.isLast;
    at = {
      ...at,
      endpointsUpTo: endpoints.upTo,
      mailboxesUpTo: mailboxes.upTo,
      linkedinAccountsUpTo: accounts.upTo,
      unreadable: at.unreadable + endpoints.unreadable + mailboxes.unreadable + accounts.unreadable,
      doneAt: isDone ? now : null,
    };
    await noteKeyProgress(env.DB, at);
    if (isDone) return;
  }
}

async function movePage(env: Env, keys: KeyEncryptionKeys, { version }: KeyVersion, table: SealedTable, after: number) {
  const rows = await nextSealedRows(env.DB, table, after, ROWS_AT_ONCE);
  const values = (await Promise.all(rows.map((row) => rewrapRow(keys, version, table, row)))).flat();
  await replaceSealed(
    env.DB,
    values.filter((value) => value !== "unreadable"),
  );
  const unreadable = values.filter((value) => value === "unreadable").length;
  return { upTo: rows.at(-1)?.seq ?? after, isLast: rows.length < ROWS_AT_ONCE, unreadable };
}

/** What the value in a column is bound to; a rotated secret stays bound to the column that it was made for. */
const CONTEXTS: Readonly<Record<SealedTable, Readonly<Record<string, (tenantId: string, id: string) => string>>>> = {
  endpoints: { secret: endpointSecretContext, previous_secret: endpointSecretContext },
  mailboxes: { secret: mailboxSecretContext, events_secret: eventsSecretContext },
  linkedin_accounts: { secret: linkedinSecretContext, hooks_secret: hooksSecretContext },
};

async function rewrapRow(
  keys: KeyEncryptionKeys,
  version: number,
  table: SealedTable,
  { id, tenantId, sealed }: SealedRow,
): Promise<readonly (Resealed | "unreadable")[]> {
  const moved: (Resealed | "unreadable")[] = [];
  for (const [column, contextOf] of Object.entries(CONTEXTS[table])) {
    const before = sealed[column] ?? null;
    if (before === null) continue;
    try {
      const after = await rewrap(keys, version, before, contextOf(tenantId, id));
      if (after !== null) moved.push({ table, id, tenantId, before, after });
    } catch (error) {
      console.error(`the sealed ${column} of ${id} can't be opened; it stays as it is`, error);
      moved.push("unreadable");
    }
  }
  return moved;
}
