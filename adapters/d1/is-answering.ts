/** Whether D1 answers a question at all. */
export async function isAnswering(db: D1Database): Promise<boolean> {
  try {
    await db.prepare("SELECT 1 FROM tenants LIMIT 1").all();
    return true;
  } catch {
    return false;
  }
}
