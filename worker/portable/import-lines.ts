import { importRows } from "../../adapters/d1/import-rows.ts";
import {
  findPortableEnrollment,
  PORTABLE_TABLES,
  type PortableEnrollment,
  portableColumns,
} from "../../adapters/d1/portable-rows.ts";
import { comparable } from "../../adapters/mail/ascii-domain.ts";
import { BODIES } from "../../adapters/r2/holdings.ts";
import { importBody } from "../../adapters/r2/import-body.ts";
import type { Imported } from "../../core/contract/import.ts";
import {
  countedAs,
  type PortableBody,
  PortableLine,
  type PortableObject,
  type PortableRow,
} from "../../core/contract/portable.ts";
import type { ProblemError } from "../../core/contract/problem.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";
import { readTakenOut, type TakenOut } from "../../durable-objects/taken-out.ts";
import { type Fitting, fitRows } from "./fit-rows.ts";
import { rowFault } from "./row-fault.ts";
import { blankErased, enrollmentOf, erasedHere, skipErased } from "./skip-erased.ts";

/** What became of the lines, or the first of them that can't be taken; what stands before it was written. */
export type ImportOutcome =
  | { readonly ok: true; readonly imported: Imported }
  | { readonly ok: false; readonly code: "invalid_request" | "conflict"; readonly fault: ProblemError };

interface Numbered<Line> {
  readonly n: number;
  readonly line: Line;
}

type Done = {
  readonly written: number;
  readonly known: number;
  readonly secrets?: Imported["newSecrets"];
  readonly notes?: readonly string[];
};
type Refused = Extract<ImportOutcome, { ok: false }>;

/** Takes lines in, in their order; those that are here already change nothing. */
export async function importLines(at: Fitting, lines: readonly PortableLine[]): Promise<ImportOutcome> {
  const imported = {
    written: {} as Record<string, number>,
    known: {} as Record<string, number>,
    notes: [] as string[],
  };
  const secrets: NonNullable<Imported["newSecrets"]> = [];
  const { env, tenant } = at;
  const numbered = lines.map((line, n) => ({ n, line: inNewTenant(line, at) }));
  for (const group of groupsOf(numbered)) {
    const [first] = group;
    if (first === undefined) continue;
    const done = await takeGroup(at, group);
    if ("ok" in done) return done;
    const name = countedAs(first.line);
    imported.written[name] = (imported.written[name] ?? 0) + done.written;
    imported.known[name] = (imported.known[name] ?? 0) + done.known;
    imported.notes.push(...(done.notes ?? []));
    secrets.push(...(done.secrets ?? []));
  }
  const about = numbered.map(({ line }) => line);
  await blankErased(env, tenant.tenantId, await erasedHere(env, tenant.tenantId, about));
  return { ok: true, imported: { ...imported, newSecrets: secrets } };
}

/** The tenant has another id here. An id is long and random enough to be nothing else, wherever it stands. */
function inNewTenant(line: PortableLine, { head, tenant }: Fitting): PortableLine {
  if (line.kind === "body" || head.tenantId === tenant.tenantId) return line;
  return PortableLine.parse(JSON.parse(JSON.stringify(line).replaceAll(head.tenantId, tenant.tenantId)));
}

/** Lines of one kind that follow each other. */
function groupsOf(lines: readonly Numbered<PortableLine>[]): readonly (readonly Numbered<PortableLine>[])[] {
  const groups: Numbered<PortableLine>[][] = [];
  for (const numbered of lines) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && countedAs(last[0].line) === countedAs(numbered.line)) last.push(numbered);
    else groups.push([numbered]);
  }
  return groups;
}

async function takeGroup(at: Fitting, group: readonly Numbered<PortableLine>[]): Promise<Done | Refused> {
  const rows = group.flatMap(({ n, line }) => (line.kind === "row" ? [{ n, line }] : []));
  if (rows.length > 0) return takeRows(at, rows);
  let [written, known] = [0, 0];
  const erased = await erasedHere(
    at.env,
    at.tenant.tenantId,
    group.map(({ line }) => line),
  );
  for (const { n, line } of group) {
    if (erased.has(enrollmentOf(line) ?? "")) {
      known += 1;
      continue;
    }
    const done =
      line.kind === "object"
        ? await takeObject(at, { n, line })
        : line.kind === "body"
          ? await takeBody(at, { n, line })
          : null;
    if (done !== null && "ok" in done) return done;
    written += done?.written ?? 0;
    known += done?.known ?? 0;
  }
  return { written, known };
}

async function takeRows(at: Fitting, numbered: readonly Numbered<PortableRow>[]): Promise<Done | Refused> {
  const { tenantId } = at.tenant;
  const [first] = numbered;
  const table = first?.line.table ?? "";
  for (const { n, line } of numbered) {
    const fault = faultOf(line, tenantId);
    if (fault !== null) return refused("invalid_request", `/lines/${n}${fault.at}`, fault.detail);
  }
  const { rows, skipped } = await skipErased(
    at.env,
    tenantId,
    table,
    numbered.map(({ line }) => line.row),
  );
  const fitted = await fitRows(at, table, rows);
  const said =
    skipped === 0 ? [] : [`${skipped} rows of ${table} are of people who were erased here; nothing of them came in.`];
  const notes = [...(fitted.notes ?? []), ...said];
  if (fitted.rows.length === 0) return { written: 0, known: numbered.length, notes };
  const done = await importRows(at.env.DB, tenantId, table, fitted.rows, fitted.more);
  if (!done.ok)
    return done.reason === "foreign"
      ? refused(
          "conflict",
          `/lines/${first?.n}`,
          `${done.detail} is in this installation already, and not this tenant's: a tenant is imported into one tenant only.`,
        )
      : refused(
          "invalid_request",
          `/lines/${first?.n}`,
          `one of these ${rows.length} rows of ${table} doesn't fit the table: ${done.detail}`,
        );
  // The secrets of rows that were here already are those that they have.
  const secrets = done.written === rows.length ? fitted.secrets : [];
  return {
    written: done.written,
    known: numbered.length - done.written,
    notes: done.written === 0 ? [] : notes,
    ...(secrets === undefined ? {} : { secrets: [...secrets] }),
  };
}

function faultOf(
  { table, row }: PortableRow,
  tenantId: string,
): { readonly at: string; readonly detail: string } | null {
  if (!PORTABLE_TABLES.includes(table)) return { at: "/table", detail: "is no table of an export" };
  const columns = portableColumns(table);
  const unknown = Object.keys(row).find((column) => !columns.includes(column));
  if (unknown !== undefined) return { at: `/row/${unknown}`, detail: `is no column of ${table}` };
  const owner = table === "tenants" ? "id" : "tenant_id";
  if (row[owner] !== tenantId) return { at: `/row/${owner}`, detail: "is not the tenant that the head names" };
  if (columns.includes("mode") && row["mode"] !== "live" && row["mode"] !== "sandbox")
    return { at: "/row/mode", detail: "must be live or sandbox" };
  return rowFault(table, row, tenantId);
}

/** Only in a move: of a copy nothing goes on. */
async function takeObject(
  { env, tenant, move }: Fitting,
  { n, line }: Numbered<PortableObject>,
): Promise<Done | Refused> {
  if (!move) return { written: 0, known: 1 };
  const read = readTakenOut(line.object);
  if (!read.ok) return refused("invalid_request", `/lines/${n}/object`, read.detail);
  const { state } = read.takenOut;
  if (state.id !== line.id || state.tenantId !== tenant.tenantId)
    return refused("invalid_request", `/lines/${n}/object/state`, "is not the enrollment that the line names");
  const row = await findPortableEnrollment(env.DB, tenant.tenantId, line.id);
  const differs = row === null ? "has no row of its own before it in the file" : differenceTo(row, read.takenOut);
  if (differs !== null) return refused("invalid_request", `/lines/${n}/object/state`, differs);
  const { created } = await enrollmentStub(env, tenant.tenantId, line.id).takeIn(JSON.stringify(line.object));
  return created ? { written: 1, known: 0 } : { written: 0, known: 1 };
}

/** The row is what lists, gates and erasure go by: an object that says another thing would escape them. */
function differenceTo(row: PortableEnrollment, { state, cadence }: TakenOut): string | null {
  if (state.mode !== row.mode) return "is of another mode than its row";
  if (state.mailboxId !== row.mailboxId) return "sends by another mailbox than its row names";
  if ((state.linkedinAccountId ?? null) !== (row.linkedinAccountId ?? null))
    return "acts by another LinkedIn account than its row names";
  if (cadence.id !== row.cadenceId) return "is of another cadence than its row";
  return comparable(state.lead.email ?? "") === comparable(row.leadEmail ?? "")
    ? null
    : "has another address than its row";
}

async function takeBody({ env, tenant }: Fitting, { n, line }: Numbered<PortableBody>): Promise<Done | Refused> {
  const { tenantId } = tenant;
  if (
    !BODIES.some(({ form, tenant: isTenants }) => isTenants !== null && form.test(`ten_x/${line.key}`)) ||
    line.part >= line.parts
  )
    return refused("invalid_request", `/lines/${n}/key`, "is no key of an export");
  const done = await importBody(env.BODIES, tenantId, line);
  if (typeof done === "object")
    return refused(
      "invalid_request",
      `/lines/${n}/part`,
      `part ${done.missing} of this body has not come; send the parts in order`,
    );
  return { written: done === "written" ? 1 : 0, known: done === "known" ? 1 : 0 };
}

function refused(code: Refused["code"], pointer: string, detail: string): Refused {
  return { ok: false, code, fault: { pointer, detail } };
}
