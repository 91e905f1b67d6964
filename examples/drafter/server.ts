import { createServer, type IncomingMessage } from "node:http";
import { Webhook } from "standardwebhooks";
import { completeLater } from "./complete-later.ts";
import { type DraftAnswer, decideDraft } from "./decide-draft.ts";
import { isDraftRequest, parseWebhook, type WebhookBody } from "./webhook-body.ts";

/**
 * A drafter: the endpoint that Drafthook asks what to say. It verifies each request, answers a draft request from the
 * lead's context, takes note of events, and prints one line of JSON for each, so that its own record can be compared
 * with Drafthook's log. WEBHOOK_SECRET is what Drafthook showed when the endpoint was made; PORT is 8788 unless given.
 */
const secret = process.env["WEBHOOK_SECRET"] ?? "";
if (!secret.startsWith("whsec_")) {
  console.error("WEBHOOK_SECRET is missing: set it to the whsec_… that was shown when the endpoint was made.");
  process.exit(1);
}
const webhook = new Webhook(secret);

/** Answers given so far by webhook-id: a retry of the same question gets the same answer. A real drafter keeps them in its database. */
const given = new Map<string, Answer>();

interface Answer {
  readonly status: 200 | 202 | 204;
  readonly body: DraftAnswer | null;
}

const server = createServer((request, response) => {
  answer(request).then(
    ({ status, body }) =>
      response
        .writeHead(status, { "content-type": "application/json" })
        .end(body === null ? undefined : JSON.stringify(body)),
    (error) => {
      // 500 tells Drafthook to ask again; the reason is for us.
      record({ failed: String(error) });
      response.writeHead(500).end();
    },
  );
});
server.listen(Number(process.env["PORT"] ?? 8788), "127.0.0.1", () => {
  const address = server.address();
  record({ listening: typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : address });
});

async function answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: unknown }> {
  if (request.method !== "POST") return { status: 405, body: { error: "only POST" } };
  const bytes = await readBytes(request);
  // Over the very bytes that came, before anything is parsed. It also refuses a timestamp more than five minutes off.
  const body = verified(bytes, request);
  if (body === null) return { status: 401, body: { error: "the signature is not valid" } };
  const id = String(request.headers["webhook-id"]);
  const said = given.get(id) ?? decide(body, id);
  given.set(id, said);
  record({
    id,
    type: body.type,
    lead: body.enrollment.leadExternalId,
    attempt: isDraftRequest(body) ? body.attempt : null,
    status: said.status,
    answer: said.body,
  });
  return said;
}

function decide(body: WebhookBody, id: string): Answer {
  if (!isDraftRequest(body)) return { status: 204, body: null }; // an event: any 2xx means "received"
  const decision = decideDraft(body);
  if (decision.when === "now") return { status: 200, body: decision.answer };
  completeLater(body.completionUrl, decision.answer, (status) =>
    record({ id, completed: status, answer: decision.answer }),
  );
  return { status: 202, body: null };
}

function verified(bytes: Buffer, request: IncomingMessage): WebhookBody | null {
  try {
    return parseWebhook(webhook.verify(bytes, headersOf(request)));
  } catch (error) {
    record({
      refused: error instanceof Error ? error.message : String(error),
      id: request.headers["webhook-id"] ?? null,
    });
    return null;
  }
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function record(line: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify(line));
}
