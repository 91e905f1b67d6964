import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { obeyControl } from "./unipile-control.ts";
import { type DeliveredHook, type DoubleWebhook, UnipileHooks } from "./unipile-hooks.ts";
import { answerAsUnipile, routeOf, type UnipileRequest, type UnipileSaid, unipileError } from "./unipile-routes.ts";
import { type DoublePerson, type TakenInvitation, type TakenMessage, UnipileWorld } from "./unipile-world.ts";

/**
 * What happens to the next request of a sort, in place of an answer of the double's own. `when: "after"` does what was
 * asked for at first. `hang` never answers; `drip` begins an answer and never ends it; `flood` never ends one and is quick
 * about it; `reset` breaks the connection, `reset_at_first_bytes` while the request is still coming.
 */
export interface UnipileFault {
  /** `send`: invitations and messages; `account`: how the account is; `read`: every other GET. */
  readonly on: "send" | "account" | "read" | "withdraw" | "any";
  readonly when: "before" | "after";
  readonly how:
    | "hang"
    | "drip"
    | "flood"
    | "reset"
    | "reset_at_first_bytes"
    | "cut_mid_answer"
    /** An error as Unipile writes it. */
    | { readonly status: number; readonly type: string; readonly retryAfter?: string; readonly detail?: string }
    | { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> };
}

/** What may be set when it starts; all of it has a default. */
export interface UnipileDoubleOrder {
  /** 0 takes any that is free. */
  readonly port?: number;
  readonly apiKey?: string;
  readonly accountId?: string;
  readonly owner?: DoublePerson;
  readonly people?: readonly DoublePerson[];
  /** Whoever is asked for by a public id exists; default true. */
  readonly findsAnyone?: boolean;
  /** Takes repeats that LinkedIn would refuse, so that doubles can be counted; default false. */
  readonly allowsRepeats?: boolean;
  readonly webhooks?: readonly DoubleWebhook[];
  readonly faults?: readonly UnipileFault[];
  /** How long it waits before it repeats a hook that wasn't answered by 200, times the repeat's number; null: it never does. */
  readonly hookRetryMs?: number | null;
  /** Its clock is ahead of the machine's by so much. */
  readonly clockAheadMs?: number;
  readonly now?: () => number;
}

/** A request of the API's as it came. */
export interface HeardRequest {
  /** With a star in the place of each id: `GET users/*`. */
  readonly route: string;
  readonly url: string;
  readonly body: string;
}

/** All that there is to see. */
export interface UnipileRecord {
  readonly invitations: readonly TakenInvitation[];
  readonly messages: readonly TakenMessage[];
  readonly requests: readonly HeardRequest[];
  readonly hooks: readonly DeliveredHook[];
}

export const DOUBLE_OWNER: DoublePerson = {
  profileId: "ACoAAOWNERowner0123456789",
  publicId: "ada-owner",
  firstName: "Ada",
  lastName: "Owner",
};

/**
 * Stands in for Unipile's API v1 and for the part of LinkedIn behind it, as the published pages have them: status codes and
 * kinds of error, multipart, cursors, hooks that are late, echo, come twice or not at all. It is none of our code. It is
 * ordered about by this object, or by `POST /_double/<verb>` (unipile-control.ts), so that it can be a program of its own.
 */
export async function startUnipileDouble(order: UnipileDoubleOrder = {}): Promise<UnipileDouble> {
  const double = new UnipileDouble(order);
  await double.listen(order.port ?? 0);
  return double;
}

export class UnipileDouble {
  readonly world: UnipileWorld;
  readonly hooks: UnipileHooks;
  readonly apiKey: string;
  readonly requests: HeardRequest[] = [];
  /** Told of each invitation and message in the turn in which LinkedIn has it, before anybody is answered. */
  onTaken: (taken: TakenInvitation | TakenMessage) => void = () => undefined;
  /** Asked for each of the API's requests before it is read, as often as one likes; the answer may take its time. */
  faultFor: (sort: UnipileFault["on"] | null) => Promise<UnipileFault | null> = async () => null;
  readonly #faults: UnipileFault[];
  readonly #server: Server;

  constructor(order: UnipileDoubleOrder) {
    const {
      apiKey = "unipile-double-key",
      accountId = "acc_double",
      owner = DOUBLE_OWNER,
      people = [],
      findsAnyone = true,
      allowsRepeats = false,
      now = Date.now,
      clockAheadMs = 0,
    } = order;
    this.apiKey = apiKey;
    this.world = new UnipileWorld({
      accountId,
      owner,
      people,
      findsAnyone,
      allowsRepeats,
      now: () => now() + clockAheadMs,
    });
    this.world.onTaken = (taken) => this.onTaken(taken);
    this.hooks = new UnipileHooks(this.world, order.hookRetryMs === undefined ? 1_000 : order.hookRetryMs);
    this.hooks.webhooks.push(...(order.webhooks ?? []));
    this.#faults = [...(order.faults ?? [])];
    this.#server = createServer((request, response) => {
      request.on("error", () => undefined);
      this.#answer(request, response).catch(() => request.socket.resetAndDestroy());
    });
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", resolve);
    });
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the double isn't listening");
    return address.port;
  }

  /** What the provider's `apiUrl` is. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.port}/api/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  takenInvitations(): readonly TakenInvitation[] {
    return this.world.takenInvitations;
  }

  takenMessages(): readonly TakenMessage[] {
    return this.world.takenMessages;
  }

  record(): UnipileRecord {
    const { world, hooks, requests } = this;
    return {
      invitations: world.takenInvitations,
      messages: world.takenMessages,
      requests,
      hooks: hooks.delivered,
    };
  }

  /** The next request of its sort meets it; several of one sort, one after the other. */
  meet(...faults: readonly UnipileFault[]): void {
    this.#faults.push(...faults);
  }

  /** Null where nobody is so called. The note of an invitation becomes a message, which is told at once; of the relation it is told when `tells` says. */
  accept(who: string, tells: "at_once" | "later" | "never" = "later"): DoublePerson | null {
    const person = this.world.find(who);
    const connected = person === null ? null : this.world.connect(person.profileId);
    if (person === null || connected === null || tells === "never") return person;
    if (connected.note !== null) this.hooks.messageReceived(connected.note);
    if (tells === "at_once") this.hooks.newRelation(person);
    else this.#untold.push(person);
    return person;
  }

  readonly #untold: DoublePerson[] = [];

  /** Eight hours are over: tells of those who have accepted since. */
  tellRelations(): void {
    for (const person of this.#untold.splice(0)) this.hooks.newRelation(person);
  }

  /** The person writes; null where nobody is so called. */
  reply(who: string, text: string): { readonly messageId: string; readonly chatId: string } | null {
    const person = this.world.find(who);
    return person === null ? null : this.#write(person, person.profileId, text);
  }

  /** The account's owner writes by hand, in a browser. */
  writeByHand(who: string, text: string): { readonly messageId: string; readonly chatId: string } | null {
    const person = this.world.find(who);
    return person === null ? null : this.#write(person, this.world.order.owner.profileId, text);
  }

  #write(
    person: DoublePerson,
    senderId: string,
    text: string,
  ): { readonly messageId: string; readonly chatId: string } {
    const message = this.world.write(this.world.chatWith(person.profileId).id, senderId, text);
    this.hooks.messageReceived(message);
    return { messageId: message.id, chatId: message.chatId };
  }

  /** Of a restriction no hook tells: it shows when something is sent. `status` is Unipile's word, where it is another than the state's. */
  setAccount(state: "ok" | "disconnected" | "restricted", status: string | null = null): void {
    this.world.state = state;
    this.world.status = status;
    if (status !== null) this.hooks.accountStatus(status);
    else if (state !== "restricted") this.hooks.accountStatus(state === "ok" ? "OK" : "CREDENTIALS");
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://double");
    if (url.pathname.startsWith("/_double/")) {
      const verb = url.pathname.slice("/_double/".length);
      return say(response, await obeyControl(this, `${request.method} ${verb}`, await readBytes(request)));
    }
    const path = url.pathname.replace(/^\/api\/v1\/?/, "");
    const segments = path.split("/").map(decodeURIComponent);
    const asked = { method: request.method ?? "", segments };
    const route = routeOf(asked);
    const fault = this.#takeFault(route) ?? (await this.faultFor(sortOf(route)));
    if (fault?.how === "reset_at_first_bytes") return void request.socket.resetAndDestroy();
    const { "content-type": contentType = "", "x-api-key": apiKey } = request.headers;
    const read: UnipileRequest = {
      ...asked,
      query: url.searchParams,
      contentType,
      apiKey: typeof apiKey === "string" ? apiKey : null,
      bytes: await readBytes(request),
    };
    const body = new TextDecoder().decode(read.bytes);
    this.requests.push({ route, url: request.url ?? "", body });
    if (!url.pathname.startsWith("/api/v1/")) return say(response, unipileError(404, "resource_not_found"));
    const said = fault?.when === "before" ? null : await answerAsUnipile(this, read);
    if (fault !== null) perform(fault.how, request, response);
    else if (said !== null) say(response, said);
  }

  #takeFault(route: string): UnipileFault | null {
    const index = this.#faults.findIndex(({ on }) => on === "any" || on === sortOf(route));
    return index === -1 ? null : (this.#faults.splice(index, 1)[0] ?? null);
  }
}

function sortOf(route: string): UnipileFault["on"] | null {
  switch (route) {
    case "POST users/invite":
    case "POST chats":
    case "POST chats/*/messages":
      return "send";
    case "GET accounts/*":
      return "account";
    default:
      if (route.startsWith("GET ")) return "read";
      return route.startsWith("DELETE ") ? "withdraw" : null;
  }
}

function perform(how: UnipileFault["how"], request: IncomingMessage, response: ServerResponse): void {
  if (typeof how === "object") {
    if ("text" in how) {
      response.writeHead(how.status, { "content-type": "application/json", ...how.headers }).end(how.text);
      return;
    }
    const retryAfter = how.retryAfter === undefined ? {} : { "retry-after": how.retryAfter };
    say(response, unipileError(how.status, how.type, how.detail), retryAfter);
    return;
  }
  switch (how) {
    case "hang":
      return;
    case "reset":
    case "reset_at_first_bytes":
      request.socket.resetAndDestroy();
      return;
    case "drip":
      response.writeHead(200, { "content-type": "application/json" }).write('{"object":');
      return;
    case "cut_mid_answer":
      response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
      response.write('{"object":', () => request.socket.resetAndDestroy());
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
  }
}

function say(response: ServerResponse, { status, body }: UnipileSaid, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function readBytes(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
