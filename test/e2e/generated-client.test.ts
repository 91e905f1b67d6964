import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLocal } from "../../tools/local.ts";
import { PROJECT_DIR } from "../../tools/project.ts";

/** Inside the checkout, so that the compiler finds the types of the platform; in dist, which is never committed. */
const ROOM = join(PROJECT_DIR, "dist", "generated-client");

const STRICT = {
  compilerOptions: {
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    lib: ["es2022", "dom", "dom.iterable"],
    types: [],
  },
  files: ["consumer.ts"],
};

const CONSUMER = `
import { client } from "./client/client.gen";
import { createCadence, enrollLead, listEnrollments } from "./client";

client.setConfig({ baseUrl: "https://drafthook.example.com", auth: "dh_test_x" });

export async function useIt(): Promise<string> {
  const made = await createCadence({ body: { name: "One", steps: [{ kind: "email" }] } });
  if (made.error !== undefined) return made.error.detail ?? made.error.code;
  const { data } = await enrollLead({
    path: { id: made.data.cadence.id },
    body: { leadExternalId: "1", leadEmail: "jane@example.com" },
  });
  const page = await listEnrollments({ query: { limit: 10 } });
  return \`\${data?.enrollment.id} \${page.data?.data.length}\`;
}
`;

beforeAll(async () => {
  await rm(ROOM, { recursive: true, force: true });
  await mkdir(ROOM, { recursive: true });
  await writeFile(join(ROOM, "tsconfig.json"), JSON.stringify(STRICT));
});

afterAll(() => rm(ROOM, { recursive: true, force: true }));

test("a public generator makes a client of openapi.json, and a program that uses it compiles", async () => {
  expect(generate(join(PROJECT_DIR, "docs/openapi.json"))).toMatchObject({ status: 0 });
  await writeFile(join(ROOM, "consumer.ts"), CONSUMER);
  expect(compile()).toEqual({ status: 0, said: "" });
}, 60_000);

test.each([
  ["a field that doesn't exist", 'kind: "email"', 'kind: "email", colour: 1'],
  ["a kind of step that doesn't exist", 'kind: "email"', 'kind: "pigeon"'],
  ["a field of the answer that doesn't exist", "made.data.cadence.id", "made.data.cadence.identity"],
  ["a required field left out", 'leadExternalId: "1", ', ""],
])(
  "the control: %s doesn't compile",
  async (_, from, to) => {
    expect(CONSUMER).toContain(from);
    await writeFile(join(ROOM, "consumer.ts"), CONSUMER.replace(from, to));
    expect(compile().status).not.toBe(0);
  },
  60_000,
);

test("the control: the client of another description doesn't fit", async () => {
  const document = await readFile(join(PROJECT_DIR, "docs/openapi.json"), "utf8");
  await writeFile(join(ROOM, "other.json"), document.replaceAll('"leadExternalId"', '"externalId"'));
  expect(generate(join(ROOM, "other.json"), "other").status).toBe(0);
  await writeFile(join(ROOM, "consumer.ts"), CONSUMER.replaceAll('"./client', '"./other'));
  expect(compile().said).toContain("leadExternalId");
}, 60_000);

test("the client asks a running installation, and is told in types what is wrong", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "drafthook-client-"));
  const local = await startLocal({ dataDir, port: 0, cronEverySeconds: 0 });
  try {
    const generated = await import(/* @vite-ignore */ join(ROOM, "client", "index.ts"));
    const { client } = await import(/* @vite-ignore */ join(ROOM, "client", "client.gen.ts"));
    client.setConfig({ baseUrl: local.url, auth: local.key });
    const made = await generated.createCadence({ body: { name: "One", steps: [{ kind: "email" }] } });
    expect(made.data.cadence).toMatchObject({ name: "One" });
    const refused = await generated.createCadence({ body: { name: "" } });
    expect(refused.error).toMatchObject({ code: "invalid_request" });
  } finally {
    await local.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}, 60_000);

function generate(document: string, into = "client") {
  const { status, stdout, stderr } = spawnSync(
    "npm",
    ["run", "--silent", "client", "--", "-i", document, "-o", join(ROOM, into)],
    {
      cwd: PROJECT_DIR,
      encoding: "utf8",
    },
  );
  return { status, said: `${stdout}${stderr}` };
}

/** As strictly as a careful customer would. */
function compile(): { readonly status: number | null; readonly said: string } {
  const { status, stdout } = spawnSync("tsc", ["-p", ROOM], { cwd: PROJECT_DIR, encoding: "utf8" });
  return { status, said: stdout };
}
