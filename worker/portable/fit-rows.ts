import type { PlainRow } from "../../adapters/d1/portable-rows.ts";
import type { Tenant } from "../../adapters/d1/tenant-db.ts";
import { updateTenant } from "../../adapters/d1/tenants.ts";
import { checkMailServer } from "../../adapters/mail/check-server.ts";
import { newWebhookSecret } from "../../adapters/webhook/new-secret.ts";
import { endpointSecretContext } from "../../adapters/webhook/open-endpoint.ts";
import type { ImportLines } from "../../core/contract/import.ts";
import { StoredSmtp } from "../../core/contract/mailbox.ts";
import { UpdateTenant } from "../../core/contract/tenant.ts";
import { endpointUrlFaults } from "../endpoint-url.ts";
import { claimOf } from "../routes/mailboxes/reply-domain.ts";
import { sealSecret } from "../seal-secret.ts";
import { keyCheck } from "./key-check.ts";

/** Rows as they may be written here, with the columns that an export lacks, and what has to be said about them. */
export interface FittedRows {
  readonly rows: readonly PlainRow[];
  readonly more?: readonly string[];
  readonly secrets?: readonly { readonly endpointId: string; readonly secret: string }[];
  readonly notes?: readonly string[];
}

export interface Fitting {
  readonly env: Env;
  readonly tenant: Tenant;
  readonly head: ImportLines["head"];
  readonly move: boolean;
}

/** What doesn't come from the file but from here: secrets, claims that another has made, and whether anybody may be written to. */
export async function fitRows(at: Fitting, table: string, rows: readonly PlainRow[]): Promise<FittedRows> {
  switch (table) {
    case "tenants":
      return fitTenant(at, rows);
    case "endpoints":
      return fitEndpoints(at, rows);
    case "mailboxes":
      return fitMailboxes(at, rows);
    case "linkedin_accounts":
      return fitLinkedinAccounts(rows);
    case "tombstones":
      return fitTombstones(at, rows);
    case "enrollments":
      return { rows: (at.move ? rows : rows.map(ended)).map(withRound) };
    case "cadences":
    case "cadence_versions":
      // An export of before there were pools has none.
      return { rows: rows.map((row) => ({ ...row, mailbox_ids: row["mailbox_ids"] ?? "[]" })) };
    default:
      return { rows };
  }
}

/** The tenant is here already: it takes over what it is called and how long it keeps what. Its switch and its ramp are its own. */
async function fitTenant({ tenant }: Fitting, rows: readonly PlainRow[]): Promise<FittedRows> {
  for (const row of rows) {
    const changes = UpdateTenant.safeParse({
      name: row["name"],
      timeZone: row["time_zone"],
      // An export of before there were any has none.
      blackoutDates: row["blackout_dates"] === undefined ? undefined : fromJson(row["blackout_dates"]),
      frequencyLimits: row["frequency_limits"] === undefined ? undefined : fromJson(row["frequency_limits"]),
      retention: {
        bodiesDays: row["retention_bodies_days"],
        logDays: row["retention_log_days"],
        messagesDays: row["retention_messages_days"],
      },
    });
    if (!changes.success)
      return { rows: [], notes: ["The tenant's own settings could not be read and were left as they are."] };
    await updateTenant(tenant, changes.data);
  }
  return { rows: [] };
}

/** What the text stands for; null, which no schema takes, where it is no JSON. */
function fromJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

async function fitEndpoints({ env, tenant }: Fitting, rows: readonly PlainRow[]): Promise<FittedRows> {
  const fitted = await Promise.all(
    rows.map(async (row) => {
      const endpointId = String(row["id"]);
      const secret = newWebhookSecret();
      const sealed = await sealSecret(env, secret, endpointSecretContext(tenant.tenantId, endpointId));
      const isRefused = (await endpointUrlFaults(env, String(row["url"]), "/url")).length > 0;
      const off = isRefused
        ? { enabled: 0, disabled_reason: "its URL is refused here; change it, then switch it on" }
        : {};
      return { row: { ...row, ...off, secret: sealed, previous_secret_until: null }, secret: { endpointId, secret } };
    }),
  );
  return { rows: fitted.map(({ row }) => row), more: ["secret"], secrets: fitted.map(({ secret }) => secret) };
}

async function fitMailboxes({ env, tenant }: Fitting, rows: readonly PlainRow[]): Promise<FittedRows> {
  const notes: string[] = [];
  const fitted: PlainRow[] = [];
  for (const row of rows) {
    const domain = row["reply_domain"];
    const claim = await claimOf(env, tenant, typeof domain === "string" ? domain.toLowerCase() : null);
    if (claim !== "free")
      notes.push(`Mailbox ${row["id"]}: its reply domain ${domain} is not free here and was left out.`);
    const off =
      row["provider"] === "sandbox"
        ? {}
        : { enabled: 0, paused_reason: "imported: save its password or key again, then switch it on" };
    if (row["provider"] !== "sandbox")
      notes.push(`Mailbox ${row["id"]} (${row["email"]}) is off until its password or key is saved again.`);
    const server = row["provider"] === "smtp" ? StoredSmtp.safeParse(JSON.parse(String(row["settings"]))) : null;
    const isRefused = server !== null && !(server.success && checkMailServer(server.data, env.LOCAL_MODE === "on").ok);
    if (isRefused) notes.push(`Mailbox ${row["id"]}: its mail server is refused here; set it anew.`);
    fitted.push({
      ...row,
      ...off,
      ...(isRefused ? { settings: "{}" } : {}),
      reply_domain: claim === "free" ? (domain ?? null) : null,
      self_test: null,
      verified_domain: null,
      // An export of before there were gaps has none.
      min_gap_seconds: row["min_gap_seconds"] ?? 0,
      gap_spread_seconds: row["gap_spread_seconds"] ?? 0,
    });
  }
  return { rows: fitted, notes };
}

/** What the provider knows it by isn't in the file; so nobody asks it, and it acts for nobody, before that is saved. */
function fitLinkedinAccounts(rows: readonly PlainRow[]): FittedRows {
  const byApi = rows.filter((row) => row["provider"] === "unipile");
  return {
    rows: rows.map((row) => ({
      ...row,
      ...(row["provider"] === "unipile"
        ? { enabled: 0, paused_reason: "imported: save its API key again, then switch it on", state: "unknown" }
        : {}),
      poll_next_at: null,
    })),
    notes: byApi.map(
      (row) =>
        `LinkedIn account ${row["id"]} (${row["name"]}) is off until its API key is saved again; its webhooks need a new secret (rotate-hook-secret).`,
    ),
  };
}

/** A hash of another key, or another tenant, would never be met again: better said than kept. */
async function fitTombstones({ env, tenant, head }: Fitting, rows: readonly PlainRow[]): Promise<FittedRows> {
  if (head.tenantId === tenant.tenantId && head.keyCheck === (await keyCheck(env))) return { rows };
  return {
    rows: [],
    notes: [
      `${rows.length} erased people can't be known here, since their hashes are of another TOKEN_KEY_V1 or tenant: erase them here once more, or bring the key along.`,
    ],
  };
}

/** An export of before leads could be enrolled again says nothing of it. */
function withRound(row: PlainRow): PlainRow {
  return { ...row, round: row["round"] ?? 0 };
}

/** The other installation goes on with it, or nobody does. */
function ended(row: PlainRow): PlainRow {
  const lives = ["active", "paused", "held"].includes(String(row["state"]));
  // As one that has been heard of: nobody begins it, whoever enrolls the lead once more.
  const revision = Math.max(1, Number(row["revision"]));
  const over = {
    phase: "finished",
    held_reason: null,
    draft_id: null,
    next_due_at: null,
    task_kind: null,
    task_due_at: null,
  };
  return lives
    ? { ...row, ...over, state: "exited", exit_reason: "copied", revision }
    : { ...row, next_due_at: null, revision };
}
