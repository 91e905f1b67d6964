import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { SeenRequest } from "../record.ts";
import { wordsFor } from "../words.ts";
import { listenOn } from "./listen.ts";
import type { Witness } from "./witness.ts";

/** The customer's endpoint: answers each draft request with words that name it, and takes every event. */
export class Customer {
  readonly #server: Server;
  readonly #witness: Witness;
  readonly #onFired: (lead: string, step: number) => void;

  /** `onFired` hears of each step that the system says was sent. */
  constructor(witness: Witness, onFired: (lead: string, step: number) => void) {
    this.#witness = witness;
    this.#onFired = onFired;
    this.#server = createServer((request, response) => {
      // A request that was cut off by a kill never became whole: nobody has seen it.
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  async listen(): Promise<string> {
    return `http://127.0.0.1:${await listenOn(this.#server)}/drafts`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const boot = this.#witness.boot();
    const bytes = await readBytes(request);
    const body = Body.parse(JSON.parse(bytes.toString("utf8")));
    const seen: SeenRequest = {
      webhookId: z.string().parse(request.headers["webhook-id"]),
      type: body.type,
      lead: body.enrollment.leadExternalId,
      step: body.step?.index ?? body.data?.stepIndex ?? null,
      attempt: body.attempt ?? null,
      boot,
      arrivedAt: Date.now(),
      bodySha256: createHash("sha256").update(bytes).digest("hex"),
      answeredAt: null,
    };
    this.#witness.record.requests.push(seen);
    const isDraft = body.type === "cadence.step.draft.requested";
    if (isDraft && this.#witness.reached("draft_seen")) return void response.destroy();
    if (seen.type === "cadence.step.fired") this.#onFired(seen.lead, seen.step ?? 0);
    await wait(this.#witness.latencyMs(`${seen.webhookId}/${seen.attempt}`));
    if (response.destroyed || !this.#witness.lives(boot)) return;
    const written = () => {
      seen.answeredAt = Date.now();
      if (isDraft) this.#witness.reached("answered", "draft");
    };
    if (!isDraft) return void response.writeHead(204).end(written);
    const { lead } = seen;
    const about = { lead, step: seen.step ?? 0, draftId: seen.webhookId, attempt: seen.attempt ?? 0 };
    const answer = JSON.stringify({ subject: `For ${lead}`, body: wordsFor(about) });
    response.writeHead(200, { "content-type": "application/json" }).end(answer, written);
  }
}

const Body = z.object({
  type: z.string(),
  attempt: z.number().optional(),
  enrollment: z.object({ leadExternalId: z.string() }),
  step: z.object({ index: z.number() }).optional(),
  data: z.object({ stepIndex: z.number().nullish() }).optional(),
});

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
