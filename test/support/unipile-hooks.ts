import type { DoublePerson, UnipileWorld } from "./unipile-world.ts";

/** A webhook as it was registered. */
export interface DoubleWebhook {
  readonly id: string;
  readonly requestUrl: string;
  readonly source: string;
  readonly name: string;
  /** Sent with each delivery, as v1 signs none. */
  readonly headers: readonly { readonly key: string; readonly value: string }[];
}

/** One delivery as it went out; `status` null where nobody answered. */
export interface DeliveredHook {
  readonly url: string;
  readonly body: object;
  readonly status: number | null;
  /** When it was answered, or given up (ms). */
  readonly at: number;
}

interface Waiting {
  readonly source: string;
  readonly body: (webhook: DoubleWebhook) => object;
}

/** Told anything else than 200 it comes again, five times, later each time; the double doesn't take the real one's hours. */
const RETRIES_MAX = 5;

/** Delivers hooks as they come, unless it is told to hold, lose, repeat or turn them round. */
export class UnipileHooks {
  readonly webhooks: DoubleWebhook[] = [];
  readonly delivered: DeliveredHook[] = [];
  readonly #world: UnipileWorld;
  readonly #retryMs: number | null;
  readonly #held: Waiting[] = [];
  #isHolding = false;
  #drops = 0;
  #copies = 1;
  readonly #underWay = new Set<Promise<void>>();
  #lastFirst: Promise<unknown> = Promise.resolve();

  constructor(world: UnipileWorld, retryMs: number | null) {
    this.#world = world;
    this.#retryMs = retryMs;
  }

  hold(): void {
    this.#isHolding = true;
  }

  dropNext(count: number): void {
    this.#drops += count;
  }

  /** Each of the hooks from now on is delivered so many times. */
  repeat(times: number): void {
    this.#copies = times;
  }

  /** Sends what was held, in order or turned round, and holds no longer; done when all have been delivered. */
  async flush(order: "as_they_came" | "reversed"): Promise<void> {
    this.#isHolding = false;
    const held = this.#held.splice(0);
    for (const waiting of order === "reversed" ? held.reverse() : held) this.#send(waiting);
    await this.settle();
  }

  /** Waits for all that is under way. */
  async settle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  messageReceived(message: {
    readonly id: string;
    readonly chatId: string;
    readonly senderId: string;
    readonly text: string;
    readonly at: number;
  }): void {
    const { order } = this.#world;
    const chat = this.#world.chats.find(({ id }) => id === message.chatId);
    const people = [order.owner, this.#world.find(chat?.profileId ?? "")].filter((person) => person !== null);
    const sender = people.find(({ profileId }) => profileId === message.senderId);
    this.#tell("messaging", ({ name }) => ({
      account_id: order.accountId,
      account_type: "LINKEDIN",
      account_info: { type: "LINKEDIN", feature: "classic", user_id: order.owner.profileId },
      event: "message_received",
      chat_id: message.chatId,
      timestamp: new Date(message.at).toISOString(),
      webhook_name: name,
      message_id: message.id,
      message: message.text,
      sender: sender === undefined ? null : attendee(sender),
      attendees: people.map(attendee),
      attachments: null,
    }));
  }

  newRelation(person: DoublePerson): void {
    this.#tell("users", ({ name }) => ({
      event: "new_relation",
      account_id: this.#world.order.accountId,
      account_type: "LINKEDIN",
      webhook_name: name,
      user_full_name: `${person.firstName} ${person.lastName}`,
      user_provider_id: person.profileId,
      user_public_identifier: person.publicId,
      user_profile_url: profileUrl(person),
      user_picture_url: null,
    }));
  }

  accountStatus(message: string): void {
    const { accountId } = this.#world.order;
    this.#tell("account_status", () => ({
      AccountStatus: { account_id: accountId, account_type: "LINKEDIN", message },
    }));
  }

  #tell(source: string, body: Waiting["body"]): void {
    if (this.#drops > 0) {
      this.#drops -= 1;
      return;
    }
    if (this.#isHolding) this.#held.push({ source, body });
    else this.#send({ source, body });
  }

  #send({ source, body }: Waiting): void {
    for (const webhook of this.webhooks.filter((one) => one.source === source))
      for (let copy = 0; copy < this.#copies; copy += 1) {
        const delivery = this.#deliver(webhook, body(webhook));
        this.#underWay.add(delivery);
        void delivery.finally(() => this.#underWay.delete(delivery));
      }
  }

  /** First tries come one after the other, so that an order is only turned round where it is asked for; later ones when they will. */
  async #deliver(webhook: DoubleWebhook, body: object): Promise<void> {
    const first = this.#lastFirst.then(() => this.#try(webhook, body));
    this.#lastFirst = first;
    let isHeard = await first;
    const retryMs = this.#retryMs;
    for (let retry = 1; retryMs !== null && retry <= RETRIES_MAX && !isHeard; retry += 1) {
      await new Promise<void>((resolve) => setTimeout(resolve, retryMs * retry).unref());
      isHeard = await this.#try(webhook, body);
    }
  }

  async #try(webhook: DoubleWebhook, body: object): Promise<boolean> {
    const status = await post(webhook, body);
    this.delivered.push({ url: webhook.requestUrl, body, status, at: Date.now() });
    return status === 200;
  }
}

/** Made by the API a hook has no content type of its own: only what it was registered with. */
async function post({ requestUrl, headers }: DoubleWebhook, body: object): Promise<number | null> {
  try {
    const response = await fetch(requestUrl, {
      method: "POST",
      headers: headers.map(({ key, value }): [string, string] => [key, value]),
      body: new TextEncoder().encode(JSON.stringify(body)),
      signal: AbortSignal.timeout(30_000),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}

function attendee(person: DoublePerson): object {
  return {
    attendee_id: `att_${person.publicId}`,
    attendee_name: `${person.firstName} ${person.lastName}`.trim(),
    attendee_provider_id: person.profileId,
    attendee_profile_url: profileUrl(person),
  };
}

function profileUrl({ publicId }: DoublePerson): string {
  return `https://www.linkedin.com/in/${encodeURIComponent(publicId)}/`;
}
