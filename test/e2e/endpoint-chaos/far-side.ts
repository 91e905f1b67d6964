import { createServer, type Server, type Socket } from "node:net";
import { z } from "zod";
import type { Asked, Kind } from "./kind.ts";

/** One request as the endpoint got it, to its last byte. */
export interface Seen {
  readonly at: number;
  readonly kind: string;
  /** The webhook-id: the draft's or the event's. */
  readonly id: string;
  /** From 1, as the draft request says; null for an event. */
  readonly attempt: number | null;
}

/** Every endpoint of the test, a path each: bad ones by the table of kinds. None of it is our product's code. */
export interface FarSide {
  /** `http://127.0.0.1:<port>`; below it `/<kind>/<number>`. */
  readonly url: string;
  readonly seen: readonly Seen[];
  /** The words that were a valid answer to a lead's draft request, by its address: nothing else may be in a mail. */
  readonly rightWords: ReadonlyMap<string, string>;
  /** How many connections came to the place where redirects point. */
  readonly trips: () => number;
  close(): void;
}

const DraftRequest = z.object({
  type: z.string(),
  attempt: z.number().int().optional(),
  deadline: z.iso.datetime().optional(),
  enrollment: z.object({ leadExternalId: z.string(), leadEmail: z.string().nullable() }).nullish(),
});

/** Starts the endpoints, and the tripwire that redirects point to. */
export async function startFarSide(kinds: readonly Kind[]): Promise<FarSide> {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const seen: Seen[] = [];
  const rightWords = new Map<string, string>();
  const sockets = new Set<Socket>();
  let trips = 0;
  const tripwire = createServer((socket) => {
    trips += 1;
    socket.on("error", () => undefined);
    socket.destroy();
  });
  const tripwireUrl = `http://127.0.0.1:${await listen(tripwire)}/tripwire`;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    onRequests(socket, ({ path, webhookId, body }) => {
      const kind = byName.get(path.split("/")[1] ?? "");
      if (kind === undefined) return void socket.destroy();
      const request = DraftRequest.parse(JSON.parse(body));
      const isDraft = request.type === "cadence.step.draft.requested";
      seen.push({
        at: Date.now(),
        kind: kind.name,
        id: webhookId,
        attempt: isDraft ? (request.attempt ?? null) : null,
      });
      // News of what happened get their 204, lest they weigh on the endpoint too.
      if (!isDraft) return void socket.write("HTTP/1.1 204 No Content\r\n\r\n");
      const lead = request.enrollment?.leadEmail ?? "";
      const asked: Asked = {
        lead,
        number: Number(/\d+$/.exec(request.enrollment?.leadExternalId ?? "")?.[0]),
        attempt: request.attempt ?? 1,
        deadline: Date.parse(request.deadline ?? ""),
        tripwireUrl,
        right: (note = "") => {
          const words = `RIGHT words${note} for ${lead} by ${webhookId}`;
          rightWords.set(lead, words);
          return words;
        },
      };
      kind.answer(socket, asked);
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    rightWords,
    trips: () => trips,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      tripwire.close();
    },
  };
}

interface RawRequest {
  readonly path: string;
  readonly webhookId: string;
  readonly body: string;
}

/** Reads what ours sends: a head, and as many bytes as its Content-Length says; one after the other on one connection. */
function onRequests(socket: Socket, take: (request: RawRequest) => void): void {
  let unread = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    for (;;) {
      const end = unread.indexOf("\r\n\r\n");
      if (end === -1) return;
      const head = unread.subarray(0, end).toString("latin1");
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (unread.length < end + 4 + length) return;
      const body = unread.subarray(end + 4, end + 4 + length).toString("utf8");
      unread = unread.subarray(end + 4 + length);
      const webhookId = /\r\nwebhook-id: *(\S+)/i.exec(head)?.[1] ?? "";
      take({ path: head.split(" ")[1] ?? "", webhookId, body });
    }
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("the server has no port");
      resolve(address.port);
    });
  });
}
