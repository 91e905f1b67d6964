import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { OUTAGE, partOf } from "../plot.ts";
import { SABOTAGED_LEAD, type Sabotage } from "../sabotage.ts";
import type { SeenRequest } from "./report.ts";

/**
 * The customer's front door, between the engine and the drafter: it notes every request and answer byte for byte, has
 * standardwebhooks judge each, and plays the outage. It changes nothing on its way.
 */
export class WebhookDoor {
  readonly seen: SeenRequest[] = [];
  readonly #server: Server;
  readonly #sabotage: Sabotage | null;
  #behind: { readonly drafterUrl: string; readonly webhook: Webhook } | null = null;

  constructor(sabotage: Sabotage | null) {
    this.#sabotage = sabotage;
    this.#server = createServer((request, response) => {
      this.#pass(request, response).catch((error) => {
        console.error("the endpoint's door failed", error);
        response.writeHead(502).end();
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the endpoint's door has no port");
    return `http://127.0.0.1:${address.port}/drafts`;
  }

  /** From now on requests reach the drafter. */
  open(drafterUrl: string, secret: string): void {
    this.#behind = { drafterUrl, webhook: new Webhook(secret) };
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrivedAt = Date.now();
    const bytes = await readBytes(request);
    if (this.#behind === null) throw new Error("a request came before the drafter was there");
    const { drafterUrl, webhook } = this.#behind;
    const headers = headersOf(request);
    const about = Body.parse(JSON.parse(bytes.toString("utf8")));
    const { leadExternalId: lead } = about.enrollment;
    const webhookId = headers["webhook-id"] ?? "";
    const attempt = this.seen.filter((earlier) => earlier.webhookId === webhookId).length + 1;
    const isOut = partOf(lead) === OUTAGE.part && about.step?.index === OUTAGE.step && attempt <= OUTAGE.attempts;
    const place = this.seen.length;
    const noted =
      this.#sabotage === "signature" && lead === SABOTAGED_LEAD && !this.seen.some((earlier) => earlier.lead === lead)
        ? tampered(bytes)
        : bytes;
    const seen = {
      ...{ webhookId, attempt, arrivedAt, headers, lead, type: about.type },
      body: noted.toString("utf8"),
      bodySha256: sha256(noted),
      signatureProblem: problemOf(webhook, noted, headers),
      forgedCopyProblem: problemOf(webhook, tampered(bytes), headers),
      answeredBy: isOut ? "outage" : "drafter",
    } as const;
    // Noted before it is answered, so that a retry that overtakes us is counted as one.
    this.seen[place] = { ...seen, status: 0, answer: "", answerSha256: "" };
    const said = isOut ? OUT : await ask(drafterUrl, bytes, headers);
    this.seen[place] = {
      ...seen,
      status: said.status,
      answer: said.bytes.toString("utf8"),
      answerSha256: sha256(said.bytes),
    };
    response.writeHead(said.status, { "content-type": said.type }).end(said.status === 204 ? undefined : said.bytes);
  }
}

const Body = z.object({
  type: z.string(),
  enrollment: z.object({ leadExternalId: z.string() }),
  step: z.object({ index: z.number() }).optional(),
});

const OUT = { status: OUTAGE.status, type: "text/plain", bytes: Buffer.from("the drafter is being restarted\n") };

async function ask(
  drafterUrl: string,
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<typeof OUT | { status: number; type: string; bytes: Buffer }> {
  const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
  const response = await fetch(drafterUrl, { method: "POST", headers: passed, body: new Uint8Array(bytes) });
  return {
    status: response.status,
    type: response.headers.get("content-type") ?? "application/json",
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "host",
  "keep-alive",
  "transfer-encoding",
  "accept-encoding",
]);

function problemOf(webhook: Webhook, bytes: Buffer, headers: Record<string, string>): string | null {
  try {
    webhook.verify(bytes, headers);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A copy with one letter changed, as a forger on the way would. */
function tampered(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("utf8").replace("lead", "Lead"));
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
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
