import type { SelfTestArrival, SelfTestRecord } from "../../core/mail/self-test.ts";

/** A mailbox and its last test; null before the first. */
export interface TestedMailbox {
  readonly id: string;
  readonly tenantId: string;
  readonly record: SelfTestRecord | null;
}

/** The mailbox with this id, of whatever tenant: the caller then proves the token. */
export async function mailboxOfSelfTest(db: D1Database, id: string): Promise<TestedMailbox | null> {
  const row = await db
    .prepare("SELECT id, tenant_id AS tenantId, self_test AS selfTest FROM mailboxes WHERE id = ?1")
    .bind(id)
    .first<{ id: string; tenantId: string; selfTest: string | null }>();
  return row === null ? null : { id: row.id, tenantId: row.tenantId, record: readSelfTest(row.selfTest) };
}

/** The stored form of a test, read; null where none was made. */
export function readSelfTest(json: string | null): SelfTestRecord | null {
  return json === null ? null : (JSON.parse(json) as SelfTestRecord);
}

/** A test begins, and takes the place of the one before. */
export async function beginSelfTest(db: D1Database, mailbox: TestOf, record: SelfTestRecord): Promise<void> {
  await db
    .prepare("UPDATE mailboxes SET self_test = ?1 WHERE id = ?2 AND tenant_id = ?3")
    .bind(JSON.stringify(record), mailbox.id, mailbox.tenantId)
    .run();
}

/** It was not taken, as far as anybody knows. One that has come in all the same was. */
export async function failSelfTest(db: D1Database, mailbox: TestOf, code: string, failure: string): Promise<void> {
  await db
    .prepare(
      `UPDATE mailboxes SET self_test = json_set(self_test, '$.failure', ?1)
       WHERE id = ?2 AND tenant_id = ?3 AND self_test ->> 'code' = ?4 AND self_test ->> 'arrival' IS NULL`,
    )
    .bind(failure, mailbox.id, mailbox.tenantId, code)
    .run();
}

/** Its message has come in, and says whether our ids are kept. A second copy of it changes nothing. */
export async function endSelfTest(
  db: D1Database,
  mailbox: TestOf,
  code: string,
  arrival: SelfTestArrival,
): Promise<void> {
  await db
    .prepare(
      `UPDATE mailboxes SET self_test = json_set(self_test, '$.arrival', json(?1)), keeps_message_id = ?2
       WHERE id = ?3 AND tenant_id = ?4 AND self_test ->> 'code' = ?5 AND self_test ->> 'arrival' IS NULL`,
    )
    .bind(JSON.stringify(arrival), arrival.keepsMessageId ? "yes" : "no", mailbox.id, mailbox.tenantId, code)
    .run();
}

type TestOf = Pick<TestedMailbox, "id" | "tenantId">;
