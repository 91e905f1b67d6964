import { readFileSync } from "node:fs";
import { z } from "zod";

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Prints `N passed, N failed` from vitest's JSON report. A file that failed before its first test counts as one failure. */
const report = Report.safeParse(readReport(process.argv[2] ?? ""));
if (report.success) {
  const { numPassedTests, numFailedTests, testResults } = report.data;
  const brokenFiles = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  console.log(`${numPassedTests} passed, ${numFailedTests + brokenFiles.length} failed`);
} else {
  console.log("0 passed, 1 failed"); // the tests never ran, and that is no success
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
