import { createServer } from "node:http";
import { z } from "zod";
import { listenOn } from "../far-side/listen.ts";

/** A customer's endpoint that says whom and which step its words are for, so that they can be counted. */
export async function startCustomer(): Promise<{ readonly webhookUrl: string; close(): void }> {
  const server = createServer((request, response) => {
    answer(request).then(
      (said) => response.writeHead(said === null ? 204 : 200, { "content-type": "application/json" }).end(said),
      () => response.destroy(),
    );
  });
  const port = await listenOn(server);
  return {
    webhookUrl: `http://127.0.0.1:${port}/drafts`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The words for one step of one lead. */
export function wordsFor(lead: string, step: number): string {
  return `For ${lead}: words of step ${step}.`;
}

async function answer(request: AsyncIterable<Buffer>): Promise<string | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { type, enrollment, step } = Body.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
  if (type !== "cadence.step.draft.requested") return null;
  return JSON.stringify({ body: wordsFor(enrollment.leadExternalId, step?.index ?? -1) });
}

const Body = z.object({
  type: z.string(),
  enrollment: z.object({ leadExternalId: z.string() }),
  step: z.object({ index: z.number() }).optional(),
});
