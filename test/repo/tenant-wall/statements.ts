import ts from "typescript";

/** A statement to D1 as it stands in the source, with whatever it uses of its own file. */
export interface Statement {
  /** The file's name without its folder and ending, and the function in it. */
  readonly where: string;
  readonly isBound: boolean;
  readonly text: string;
}

/** Every statement of one file of adapters/d1: what is prepared as SQL, and what drizzle builds from a `db`. */
export function statementsIn(file: string, source: string): readonly Statement[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Statement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && begins(node)) {
      const text = withDefinitions(tree, outermost(node));
      found.push({ where: `${nameOf(file)} ${functionAround(node)}`, isBound: isBound(text), text });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Ways of asking D1 that belong into adapters/d1, in a file that lies elsewhere. Comments don't count. */
export function asksD1(file: string, source: string): readonly string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && (node.name.text === "prepare" || isBinding(node.expression)))
      found.push(`${file}: ${node.getText()}`);
    // Destructured or renamed it could be asked unseen.
    if (ts.isBindingElement(node) && (node.propertyName ?? node.name).getText() === "DB")
      found.push(`${file}: ${node.parent.getText()}`);
    if (ts.isIdentifier(node) && node.text === "D1PreparedStatement") found.push(`${file}: ${node.text}`);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function isBinding(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === "DB";
}

function begins(call: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(call.expression)) return false;
  const { name, expression } = call.expression;
  if (name.text === "prepare" || name.text === "exec") return true;
  return /^(select\w*|insert|update|delete|run|all|get)$/.test(name.text) && /(^|\.)db$/.test(expression.getText());
}

/** `db.select().from(x).where(y)` as a whole, from any call in it. */
function outermost(node: ts.Node): ts.Node {
  const { parent } = node;
  return ts.isPropertyAccessExpression(parent) || (ts.isCallExpression(parent) && parent.expression === node)
    ? outermost(parent)
    : node;
}

/** The node's text, and below it that of each constant and function of the same file that it comes to use. */
function withDefinitions(tree: ts.SourceFile, node: ts.Node): string {
  const definitions = definitionsIn(tree, node);
  const used = new Set<string>();
  const texts = [node.getText()];
  for (const text of texts)
    for (const [name, definition] of definitions)
      if (!used.has(name) && new RegExp(`(?<!\\w|(?<!\\.)\\.)${name}(?!\\w)`).test(text)) {
        used.add(name);
        texts.push(definition);
      }
  return texts.join("\n");
}

/** Constants and functions of the file, and constants of the function that the node stands in. */
function definitionsIn(tree: ts.SourceFile, node: ts.Node): ReadonlyMap<string, string> {
  const definitions = new Map<string, string>();
  const around = ts.findAncestor(node, ts.isFunctionDeclaration);
  const own = around?.body?.statements ?? [];
  for (const statement of [...tree.statements, ...own]) {
    if (ts.isFunctionDeclaration(statement) && statement !== around && statement.name !== undefined)
      definitions.set(statement.name.text, statement.getText());
    if (!ts.isVariableStatement(statement) || (statement.pos <= node.pos && node.end <= statement.end)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && initializer !== undefined) definitions.set(name.text, initializer.getText());
  }
  return definitions;
}

/** A row that is written with its tenant, or a condition that asks for one. To select a column is not to be bound by it. */
const BINDINGS = [
  /\bown(?:Unindexed)?\(\s*tenant\b/,
  /\beq\(\w+\.tenantId, (?:slot\.)?tenant\.tenantId\)/,
  /\beq\(tenants\.id, tenant\.tenantId\)/,
  /\.values\(\{[^}]*\btenantId(?:,|: (?:slot\.)?tenant\.tenantId)/,
  /\.select\(sql`SELECT \$\{inOrder\(.*\btenantId: tenant\.tenantId/s,
  /\.values\(\{ \.\.\.versionRow\(tenant,.*\btenantId: tenant\.tenantId/s,
  /\b(?:WHERE|AND|ON) \(?(?:\w+\.)?tenant_id = \?\d/,
  /FROM tenants t\b.*WHERE t\.id = \?\d/s,
  /INSERT INTO \w+ \([^)]*\btenant_id\b/,
];

function isBound(text: string): boolean {
  return BINDINGS.some((binding) => binding.test(text));
}

function functionAround(node: ts.Node): string {
  return ts.findAncestor(node, ts.isFunctionDeclaration)?.name?.text ?? "(no function)";
}

function nameOf(file: string): string {
  return file.replace(/^.*\//, "").replace(/\.ts$/, "");
}
