import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { choosePort } from "../../tools/port.ts";
import { PROJECT_DIR } from "../../tools/project.ts";
import { System } from "../chaos/system.ts";
import {
  type Customer,
  type LoginMailServer,
  startCustomer,
  startLoginMailServer,
} from "../support/far-side-with-secrets.ts";

const PASSWORD = "planted-smtp-password-4711";
const LEAD = "Planted-Lead-Name-Zanzibar";

/** The secrets of the customer and the installation, each by what it is. */
const planted = new Map<string, string>([
  ["a mail server's password", PASSWORD],
  ["a password that was changed", "planted-old-password-0815"],
  ["a password in a request that was refused", "planted-refused-password-99"],
  ["a password for a mailbox that isn't there", "planted-nowhere-password-98"],
  ["Resend's API key", "re_PlantedResendKey1234567890abcdef"],
  ["Resend's API key before that", "re_PlantedOlderResendKey0987654321fedcba"],
  ["an API key with a typo", "dh_live_PlantedKeyWithATypo0123456789abcdef"],
  ["Postmark's server token", "planted-0000-4444-8888-postmarktoken"],
  ["the secret key of SES", "PlantedSecretAccessKeyOfSes0123456789abc"],
  ["Mailgun's API key", "key-planted1234567890mailgun0987654321"],
  ["the secret of Resend's webhooks", "whsec_UGxhbnRlZFdlYmhvb2tTZWNyZXRPZlJlc2VuZDEy"],
  ["the key of Mailgun's webhooks", "planted-mailgun-signing-key-31337"],
  ["the token of Postmark's webhooks", "planted-postmark-hook-token-271828"],
]);

let dataDir = "";
let system: System;
let customer: Customer;
let mailServer: LoginMailServer;
/** Every answer of the API but those that show a new secret this once. */
const answers: string[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "drafthook-planted-"));
  [customer, mailServer] = [await startCustomer(), await startLoginMailServer(PASSWORD)];
  system = new System({
    productDir: PROJECT_DIR,
    dataDir,
    logFile: join(dataDir, "printed"),
    port: await choosePort(0),
    speed: 20,
    cronEverySeconds: 1,
  });
  await system.start();
  await live();
  system.kill();
  await system.gone();
}, 120_000);

afterAll(async () => {
  system.kill();
  await system.gone();
  await customer.stop();
  await mailServer.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test("of over twenty secrets none is found in the database, the objects, the stored bodies, the log, or an answer", async () => {
  expect(mailServer.recipients).toEqual(["zanzibar@lead.example"]);
  expect(customer.verified).toBeGreaterThan(0);
  expect(planted.size).toBeGreaterThan(20);
  const stored = await everythingStored();
  const found = [...planted].flatMap(([name, secret]) => [
    ...stored.filter(({ bytes }) => holds(bytes, secret)).map(({ file }) => `${name} in ${file}`),
    ...answers
      .filter((answer) => holds(Buffer.from(answer), secret))
      .map((answer) => `${name} in ${answer.slice(0, 80)}`),
  ]);
  expect(found).toEqual([]);
  console.info(`${planted.size} planted secrets, ${stored.length} files, ${answers.length} answers: found in 0`);
});

test("the control: what isn't secret is found in all three kinds of storage and in answers, and a key in its own file", async () => {
  const stored = await everythingStored();
  const where = stored.filter(({ bytes }) => holds(bytes, LEAD)).map(({ file }) => file);
  for (const kind of ["/d1/", "/do/", "/r2/"]) expect(where.some((file) => file.includes(kind))).toBe(true);
  expect(answers.some((answer) => holds(Buffer.from(answer), LEAD))).toBe(true);
  const keys = await readFile(join(dataDir, "keys.json"));
  expect(holds(keys, planted.get("the live key") ?? "none")).toBe(true);
});

test.each([
  ["as it is", (secret: string) => secret],
  ["in base64, wherever it begins", (secret: string) => Buffer.from(`xy${secret}z`).toString("base64")],
  ["in hexadecimal", (secret: string) => Buffer.from(secret).toString("hex")],
  ["in UTF-16", (secret: string) => Buffer.from(secret, "utf16le").toString("latin1")],
  ["in a URL", (secret: string) => encodeURIComponent(secret)],
])("the control: a secret %s would be found", (_, write) => {
  expect(holds(Buffer.from(`before ${write(PASSWORD)} after`, "latin1"), PASSWORD)).toBe(true);
});

const Id = z.looseObject({ id: z.string() });

/** What a customer does with secrets in a life: sets, uses, changes, mistypes and reads them back. */
async function live(): Promise<void> {
  const kept = JSON.parse(await readFile(join(dataDir, "keys.json"), "utf8"));
  planted.set("the live key", kept.live).set("the test key", kept.test);
  for (const [name, value] of Object.entries(JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8"))))
    planted.set(name, String(value));

  const key = z.looseObject({ key: z.string() }).parse(await once("POST", "/v1/keys", { name: "one", mode: "live" }));
  planted.set("a key made by the API", key.key);
  const endpoint = Id.extend({ secret: z.string() }).parse(
    await once("POST", "/v1/endpoints", { url: customer.url }, { "idempotency-key": "endpoint" }),
  );
  planted.set("an endpoint's first secret", endpoint.secret);
  // The repeat of a request is answered with what was kept of the first answer.
  await ask("POST", "/v1/endpoints", { url: customer.url }, { "idempotency-key": "endpoint" });
  const rotated = Id.extend({ secret: z.string() }).parse(
    await once("POST", `/v1/endpoints/${endpoint.id}/rotate-secret`, undefined),
  );
  planted.set("an endpoint's second secret", rotated.secret);
  customer.secret = rotated.secret;

  const smtp = { host: "127.0.0.1", port: mailServer.port, security: "none", username: "jane" };
  const mailbox = Id.parse(
    await ask("POST", "/v1/mailboxes", {
      ...{ provider: "smtp", email: "jane@acme.example" },
      smtp: { ...smtp, password: secretOf("a password that was changed") },
    }),
  );
  await ask("PATCH", `/v1/mailboxes/${mailbox.id}`, { smtp: { ...smtp, password: PASSWORD } });
  const refused = { ...smtp, port: "none", password: secretOf("a password in a request that was refused") };
  await ask("POST", "/v1/mailboxes", { provider: "smtp", email: "jane@acme.example", smtp: refused });
  await ask("PATCH", "/v1/mailboxes/mbx_nowhere", {
    smtp: { ...smtp, password: secretOf("a password for a mailbox that isn't there") },
  });
  const atResend = Id.parse(
    await ask("POST", "/v1/mailboxes", {
      ...{ provider: "resend", email: "r@acme.example" },
      resend: { apiKey: secretOf("Resend's API key before that") },
      eventsSecret: secretOf("the secret of Resend's webhooks"),
    }),
  );
  await ask("PATCH", `/v1/mailboxes/${atResend.id}`, { resend: { apiKey: secretOf("Resend's API key") } });
  const postmark = secretOf("Postmark's server token");
  await ask("GET", "/v1/tenant", undefined, { authorization: `Bearer ${secretOf("an API key with a typo")}` });
  await ask("POST", "/v1/mailboxes", {
    ...{ provider: "postmark", email: "p@acme.example", postmark: { serverToken: postmark } },
    eventsSecret: secretOf("the token of Postmark's webhooks"),
  });
  const ses = {
    region: "eu-west-1",
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: secretOf("the secret key of SES"),
  };
  await ask("POST", "/v1/mailboxes", { provider: "ses", email: "s@acme.example", ses });
  await ask("POST", "/v1/mailboxes", {
    ...{ provider: "mailgun", email: "m@acme.example" },
    mailgun: { domain: "mg.acme.example", apiKey: secretOf("Mailgun's API key") },
    eventsSecret: secretOf("the key of Mailgun's webhooks"),
  });

  const own = z
    .looseObject({ webhookSecret: z.string() })
    .parse(await once("POST", "/v1/cadences", { name: "Own", webhookUrl: customer.url, steps: [{ kind: "email" }] }));
  planted.set("the secret of a cadence's own endpoint", own.webhookSecret);
  const made = z.looseObject({ cadence: Id }).parse(
    await ask("POST", "/v1/cadences", {
      ...{ name: "One", endpointId: endpoint.id, mailboxId: mailbox.id, publish: true, businessHoursOnly: false },
      steps: [{ kind: "email" }],
    }),
  );
  const enrolled = z.looseObject({ enrollment: Id }).parse(
    await ask("POST", `/v1/cadences/${made.cadence.id}/enrollments`, {
      ...{ leadExternalId: "zanzibar", leadName: LEAD, leadEmail: "zanzibar@lead.example" },
    }),
  );
  await until(async () => {
    const row = z
      .looseObject({ state: z.string() })
      .parse(await ask("GET", `/v1/enrollments/${enrolled.enrollment.id}`));
    return row.state === "completed";
  });
  const Log = z.looseObject({ data: z.array(Id) });
  await until(async () => Log.parse(await ask("GET", "/v1/log")).data.length > 0);
  for (const { id } of Log.parse(await ask("GET", "/v1/log")).data) await ask("GET", `/v1/log/${id}`);
  for (const list of [
    "endpoints",
    "mailboxes",
    "keys",
    "cadences",
    "enrollments",
    "sandbox-messages",
    "inbound",
    "tenant",
  ])
    await ask("GET", `/v1/${list}`);
  await ask("POST", "/v1/endpoints", "{ not json");
}

function secretOf(name: string): string {
  const secret = planted.get(name);
  if (secret === undefined) throw new Error(`nothing is planted as ${name}`);
  return secret;
}

/** Asks, and keeps the answer to be searched. */
async function ask(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) {
  const answer = await send(method, path, body, headers);
  answers.push(answer);
  return JSON.parse(answer);
}

/** Asks for what is shown this once. */
async function once(method: string, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return JSON.parse(await send(method, path, body, headers));
}

async function send(
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(`${system.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${system.liveKey}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return response.text();
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let look = 0; !(await isSo()); look += 1) {
    if (look > 300) throw new Error("it never came to that");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** All files of the installation with what was printed, but for the two that hold its own keys and are the owner's alone. */
async function everythingStored(): Promise<readonly { readonly file: string; readonly bytes: Buffer }[]> {
  const names = await readdir(dataDir, { recursive: true });
  const files: { file: string; bytes: Buffer }[] = [];
  for (const name of names) {
    const path = join(dataDir, name);
    if (name === "secrets.json" || name === "keys.json" || !(await stat(path)).isFile()) continue;
    files.push({ file: path, bytes: await readFile(path) });
  }
  return files;
}

/** Whether a secret is somewhere in these bytes, in any form that a program might have given it. */
function holds(bytes: Buffer, secret: string): boolean {
  return formsOf(secret).some((form) => bytes.includes(form));
}

function formsOf(secret: string): readonly Buffer[] {
  const plain = Buffer.from(secret);
  // Of base64 that begins one or two bytes earlier: what doesn't depend on the neighbours.
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), plain])
      .toString("base64")
      .replace(/=+$/, "");
    return text.slice(before === 0 ? 0 : before + 1, text.length - (text.length % 4 === 0 ? 0 : 1));
  });
  const spelled = [
    secret,
    encodeURIComponent(secret),
    plain.toString("hex"),
    plain.toString("hex").toUpperCase(),
    ...base64,
  ];
  return [...spelled.map((form) => Buffer.from(form)), Buffer.from(secret, "utf16le")];
}
