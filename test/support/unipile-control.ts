import { z } from "zod";
import type { UnipileDouble } from "./unipile-double.ts";
import type { UnipileSaid } from "./unipile-routes.ts";

const who = z.string().min(1);
const Written = z.strictObject({ who, text: z.string() });
const Fault = z.strictObject({
  on: z.enum(["send", "account", "read", "withdraw", "any"]).default("send"),
  when: z.enum(["before", "after"]).default("before"),
  how: z.union([
    z.enum(["hang", "drip", "flood", "reset", "reset_at_first_bytes", "cut_mid_answer"]),
    z.strictObject({
      status: z.int(),
      type: z.string(),
      retryAfter: z.string().exactOptional(),
      detail: z.string().exactOptional(),
    }),
    z.strictObject({
      status: z.int(),
      text: z.string(),
      headers: z.record(z.string(), z.string()).exactOptional(),
    }),
  ]),
});
const Accept = z.strictObject({ who, tells: z.enum(["at_once", "later", "never"]).default("later") });
const Account = z.strictObject({
  state: z.enum(["ok", "disconnected", "restricted"]),
  status: z.string().nullable().default(null),
});
const Webhook = z.strictObject({
  requestUrl: z.string(),
  source: z.enum(["messaging", "users", "account_status"]),
  name: z.string().default(""),
  headers: z.array(z.strictObject({ key: z.string(), value: z.string() })).default([]),
});
const Count = z.strictObject({ count: z.int().positive().default(1) });
const Flush = z.strictObject({ order: z.enum(["as_they_came", "reversed"]).default("as_they_came") });

/**
 * The double by HTTP, a verb a path, JSON in and out:
 * `accept` {who, tells?: at_once | later | never} · `tell-relations` {} (the eight hours are over) · `reply` {who, text} ·
 * `write-by-hand` {who, text} · `meet` {on?, when?: before | after, how} (the next answer) · `account` {state, status?} ·
 * `webhook` {requestUrl, source, name?, headers?} · `hold` {} · `flush` {order?: reversed} · `drop` {count?} ·
 * `repeat` {count} (each hook so many times) · `GET record`. `who` is a public id or a profile id.
 */
export async function obeyControl(double: UnipileDouble, verb: string, bytes: Uint8Array): Promise<UnipileSaid> {
  try {
    const text = new TextDecoder().decode(bytes);
    return { status: 200, body: await obey(double, verb, text === "" ? {} : JSON.parse(text)) };
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

async function obey(double: UnipileDouble, verb: string, body: unknown): Promise<object> {
  const { hooks } = double;
  switch (verb) {
    case "GET record":
      return double.record();
    case "POST accept": {
      const { who: name, tells } = Accept.parse(body);
      return { person: double.accept(name, tells) };
    }
    case "POST tell-relations":
      double.tellRelations();
      return {};
    case "POST reply": {
      const { who: name, text } = Written.parse(body);
      return { written: double.reply(name, text) };
    }
    case "POST write-by-hand": {
      const { who: name, text } = Written.parse(body);
      return { written: double.writeByHand(name, text) };
    }
    case "POST meet":
      double.meet(Fault.parse(body));
      return {};
    case "POST account": {
      const { state, status } = Account.parse(body);
      double.setAccount(state, status);
      return {};
    }
    case "POST webhook":
      hooks.webhooks.push({ id: `we_${hooks.webhooks.length}`, ...Webhook.parse(body) });
      return {};
    case "POST hold":
      hooks.hold();
      return {};
    case "POST flush":
      await hooks.flush(Flush.parse(body).order);
      return {};
    case "POST drop":
      hooks.dropNext(Count.parse(body).count);
      return {};
    case "POST repeat":
      hooks.repeat(Count.parse(body).count);
      return {};
    default:
      throw new Error(`no such verb: ${verb}`);
  }
}
