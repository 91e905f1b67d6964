import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Conversation } from "../record.ts";
import { leadOf, readWords } from "../words.ts";
import { listenOn } from "./listen.ts";
import type { Witness } from "./witness.ts";

/**
 * A mail provider over HTTP that knows its keys, as Resend documents it: the same Idempotency-Key with the same bytes is
 * the same message, with other bytes it is a 409. A message is delivered once, when its request is there as a whole.
 */
export class ProviderApi {
  readonly #server: Server;
  readonly #witness: Witness;
  readonly #known = new Map<string, { readonly bytes: string; readonly id: string }>();

  constructor(witness: Witness) {
    this.#witness = witness;
    this.#server = createServer((request, response) => {
      this.#take(request, response).catch(() => response.destroy());
    });
  }

  async listen(): Promise<number> {
    return listenOn(this.#server);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { record } = this.#witness;
    const boot = this.#witness.boot();
    const talk: Conversation = { boot, openedAt: Date.now(), lead: null, step: null, answeredAt: null, closedAt: null };
    record.conversations.push(talk);
    response.on("close", () => {
      talk.closedAt = Date.now();
    });
    const bytes = await readText(request);
    const key = z.string().parse(request.headers["idempotency-key"]);
    const mail = Mail.parse(JSON.parse(bytes));
    const words = readWords(mail.text);
    const to = [mail.to].flat()[0] ?? "";
    if (words === null || leadOf(addressOf(to)) !== words.lead)
      return answer(response, 422, { name: "validation_error" });
    talk.lead = words.lead;
    talk.step = words.step;
    const known = this.#known.get(key);
    if (known !== undefined && known.bytes !== bytes)
      return answer(response, 409, { name: "invalid_idempotent_request", message: "another payload" });
    const id = known?.id ?? `chaos-${this.#known.size + 1}`;
    if (known === undefined) {
      this.#known.set(key, { bytes, id });
      const { lead, step, draftId, attempt } = words;
      record.mails.push({
        ...{ lead, step, draftId, attempt, boot },
        at: Date.now(),
        replyTo: addressOf([mail.reply_to].flat()[0] ?? ""),
        messageId: mail.headers?.["Message-ID"] ?? `<${id}@provider.example>`,
        subject: mail.subject,
      });
    }
    if (this.#witness.reached("mail_accepted")) return void response.destroy();
    await wait(this.#witness.latencyMs(`mail/${words.lead}/${words.step}`));
    if (response.destroyed || !this.#witness.lives(boot)) return;
    answer(response, 200, { id }, () => {
      talk.answeredAt = Date.now();
      this.#witness.reached("answered", "mail");
    });
  }
}

const Mail = z.object({
  to: z.union([z.string(), z.array(z.string())]),
  reply_to: z.union([z.string(), z.array(z.string())]),
  subject: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
});

function answer(response: ServerResponse, status: number, body: unknown, written?: () => void): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body), written);
}

function addressOf(text: string): string {
  return /<([^>]+)>/.exec(text)?.[1] ?? text;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
