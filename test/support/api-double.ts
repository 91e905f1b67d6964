import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/**
 * What happens to one request at a double of a mail provider's API. `take` does what its documentation says the real one
 * does; `take_and_cut` does so and resets the connection in place of the answer; `cut_at_first_bytes` resets it while the
 * request is still coming; `drip` begins an answer and never ends it; `flood` never ends one either, and is quick about it.
 */
export type DoubleAnswer =
  | "take"
  | "take_and_cut"
  | "cut_at_first_bytes"
  | "cut_mid_answer"
  | "silence"
  | "drip"
  | "flood"
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

/** A request as it came; `body` is empty where there was none. */
export interface DoubleRequest {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  header(name: string): string | null;
}

/** What the real one would say. */
export interface Said {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A server whose first request gets the first answer, and so on; after the last, it takes. `take` is asked where the answer
 * says so; `hear` is told of every request that arrives whole. It may also wait for its mail to be read. A request that isn't
 * `isScripted` uses up no answer.
 */
export function startApiDouble(
  answers: readonly DoubleAnswer[],
  hear: (request: DoubleRequest) => void,
  take: (request: DoubleRequest) => Said | Promise<Said>,
  isScripted: (method: string) => boolean = () => true,
): Server {
  const left = [...answers];
  return createServer((request, response) => {
    request.on("error", () => undefined);
    const answer = (isScripted(request.method ?? "") ? left.shift() : undefined) ?? "take";
    if (answer === "cut_at_first_bytes") return void request.socket.resetAndDestroy();
    readRequest(request)
      .then((read) => {
        hear(read);
        return perform(request, response, answer, () => take(read));
      })
      .catch(() => request.socket.resetAndDestroy());
  });
}

async function perform(
  request: IncomingMessage,
  response: ServerResponse,
  answer: DoubleAnswer,
  take: () => Said | Promise<Said>,
): Promise<void> {
  if (typeof answer === "object") {
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end(answer.body);
    return;
  }
  switch (answer) {
    case "take": {
      const { status, body, headers } = await take();
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
      return;
    }
    case "take_and_cut":
      await take();
      request.socket.resetAndDestroy();
      return;
    case "cut_mid_answer":
      response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
      response.write('{"id":', () => request.socket.resetAndDestroy());
      return;
    case "drip":
      response.writeHead(200, { "content-type": "application/json" }).write('{"id":');
      return;
    case "flood": {
      response.writeHead(200, { "content-type": "application/json" });
      const pour = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", pour);
      pour();
      return;
    }
    default:
      return;
  }
}

async function readRequest(request: IncomingMessage): Promise<DoubleRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return {
    method: request.method ?? "",
    url: request.url ?? "",
    body: Buffer.concat(chunks).toString("utf8"),
    header: (name) => {
      const value = request.headers[name];
      return typeof value === "string" ? value : null;
    },
  };
}
