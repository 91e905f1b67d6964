import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { app } from "../worker/app.ts";
import { describeApi } from "../worker/openapi/document.ts";
import { PlainError, runProgram } from "./plain-error.ts";
import { inProject, PROJECT_DIR } from "./project.ts";

const KEPT = inProject("docs", "openapi.json");

/**
 * Prints the OpenAPI document of the routes as they stand in the sources, without a server:
 * `node tools/openapi.ts > docs/openapi.json`. With `--check` it prints nothing and fails when that file is another.
 */
await runProgram(async () => {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const document = `${JSON.stringify(describeApi(app), null, 2)}\n`;
  if (!values.check) process.stdout.write(document);
  else if (readKept() !== document)
    throw new PlainError(
      `${relative(PROJECT_DIR, KEPT)} is out of date; make it anew with: node tools/openapi.ts > docs/openapi.json`,
    );
});

function readKept(): string | null {
  try {
    return readFileSync(KEPT, "utf8");
  } catch {
    return null;
  }
}
