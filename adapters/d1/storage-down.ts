/**
 * Whether an error says that D1 couldn't be reached or couldn't answer, so that trying again helps. A statement that D1
 * refuses (a constraint, bad SQL) is our bug and is not meant.
 */
export function isStorageDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.message.startsWith("D1_"))
    return !/SQLITE_(?:CONSTRAINT|ERROR|MISMATCH|RANGE)|D1_TYPE_ERROR|D1_COLUMN_NOTFOUND/.test(error.message);
  return isStorageDown(error.cause);
}
