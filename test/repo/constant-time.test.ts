import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const FILES = globSync("{core,adapters,durable-objects,worker}/**/*.ts", { cwd: ROOT });

/** Comparisons of what only sounds like a secret. */
const HARMLESS: Readonly<Record<string, string>> = {
  "adapters/mail/dkim/verify-dkim.ts: hash !== bodyHash": "both are told by the mail itself",
  "core/flow/answer-reply.ts: settled.digest === event.digest": "whether two answers are the same one",
  "core/flow/decide.ts: settled.digest === event.digest": "the same",
};

test("no secret is compared by its letters: the time that takes would tell how many of them are right", () => {
  expect(FILES.length).toBeGreaterThan(300);
  const found = FILES.flatMap((file) => comparisonsIn(file, readFileSync(join(ROOT, file), "utf8")));
  expect([...new Set(found)].sort()).toEqual(Object.keys(HARMLESS).sort());
});

test.each([
  "if (token === expected) open();",
  "return given !== mailbox.secret;",
  "const isRight = own.mac == given;",
  "if (expectedSignature === header) open();",
  "if (hash.toLowerCase() === row.keyHash) open();",
])("a comparison planted is caught: %s", (planted) => {
  expect(comparisonsIn("worker/planted.ts", planted)).toHaveLength(1);
});

test("to ask whether there is one, or of what length, tells nothing", () => {
  const source = 'if (token === null || secret === undefined || mac === "" || token.length !== 40) refuse();';
  expect(comparisonsIn("worker/fine.ts", source)).toEqual([]);
});

/** Every `===` and the like between two values of which one is called a secret, a token, a MAC or a hash. */
function comparisonsIn(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && EQUALITY.has(node.operatorToken.kind)) {
      const sides = [node.left, node.right];
      if (sides.some(isSecret) && !sides.some(isKnown)) found.push(`${file}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

const EQUALITY = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

function isSecret(side: ts.Expression): boolean {
  if (ts.isCallExpression(side) && ts.isPropertyAccessExpression(side.expression))
    return isSecret(side.expression.expression);
  const name = ts.isPropertyAccessExpression(side) ? side.name.text : ts.isIdentifier(side) ? side.text : "";
  return /(secret|token|mac|signature|password|hash|digest|apikey)$/i.test(name) && !/^(is|has)[A-Z]/.test(name);
}

function isKnown(side: ts.Expression): boolean {
  return ts.isLiteralExpression(side) || /^(null|undefined|true|false|""|[A-Z_]+)$/.test(side.getText());
}
