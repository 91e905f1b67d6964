import { createServer } from "node:http";
import { z } from "zod";

const Told = z.looseObject({
  type: z.string(),
  enrollment: z.looseObject({ leadExternalId: z.string(), leadName: z.string().nullable() }).nullish(),
  step: z.looseObject({ kind: z.string() }).nullish(),
  data: z.looseObject({}).nullish(),
});
export type Told = z.infer<typeof Told>;

/** The customer's endpoint: words for each step, an answer to each reply, and a memory of what it was told. */
export interface Customer {
  readonly webhookUrl: string;
  readonly told: readonly Told[];
  stop(): Promise<void>;
}

export const ANSWER = "It is free for a month; here is the link.";

export async function startCustomer(): Promise<Customer> {
  const told: Told[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const news = Told.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    told.push(news);
    const answer = answerTo(news);
    response.writeHead(answer === null ? 204 : 200, { "content-type": "application/json" });
    response.end(answer === null ? undefined : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the customer's endpoint has no port");
  return {
    ...{ webhookUrl: `http://127.0.0.1:${address.port}/drafts`, told },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The words for one kind of step. */
export function wordsFor(kind: string, name: string): { readonly body: string; readonly subject?: string } {
  if (kind === "linkedin_connect") return { body: `Hello ${name}, may we connect?` };
  if (kind === "linkedin_message") return { body: `Thank you, ${name}. Two pages, if you like.` };
  return { body: `Hello ${name}, the two pages by mail.`, subject: "Two pages" };
}

function answerTo({ type, enrollment, step }: Told): object | null {
  if (type === "cadence.lead.replied") return { body: ANSWER };
  return type === "cadence.step.draft.requested" ? wordsFor(step?.kind ?? "", enrollment?.leadName ?? "") : null;
}
