import type { Evidence } from "../evidence.ts";
import type { Check } from "./checks.ts";

/** All of it was made with the live key; the test key is shown nothing of it. */
export function checkSeparation({ testKey, log, enrollments }: Evidence, check: Check): void {
  check(log.length > 0 && log.every(({ mode }) => mode === "live"), "the log has lines that are not live");
  for (const [lead, { mode }] of enrollments) check(mode === "live", `the enrollment of ${lead} is ${mode}`);
  for (const [path, rows] of Object.entries(testKey.rows))
    check(rows === 0, `the test key sees ${rows} rows of ${path}`);
  for (const [path, status] of Object.entries(testKey.statuses))
    check(status === 404, `the test key got ${status} from ${path} instead of 404`);
}
