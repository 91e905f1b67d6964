import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { replyAddress } from "../../../adapters/mail/reply-address.ts";
import { bringMail } from "../../support/bring-mail.ts";
import {
  enroll,
  makeWorld,
  ring,
  runUntil,
  START,
  sandboxMail,
  setClock,
  type World,
} from "../../support/enrollment.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** How a provider passes a mail on: `rewritten` is what it did to the headers. */
type Way = (raw: string) => string;

const keepsIds: Way = (raw) => raw;
const rewritesIds: Way = (raw) =>
  raw.replace(/^Message-ID: .*$/im, `Message-ID: <${crypto.randomUUID()}@provider.example>`);
/** An answer to a person has no List- headers. */
const likeAnAnswer: Way = (raw) => rewritesIds(raw).replace(/^List-[a-z-]+:.*\r\n(?:[ \t].*\r\n)*/gim, "");
/** The control: nothing is left of what says who wrote it. */
const hidesAll: Way = (raw) => likeAnAnswer(raw).replace(/^X-Drafthook-Ref: .*\r\n/im, "");

/** Who speaks, by side. They share a mailbox here, so the address is put in on the way. */
const ADDRESSES = ["ana@one.example", "bea@two.example"];

/** Two cadences of which each has the other as its lead, and customers who answer whatever comes. */
async function talkers() {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }], settings: { exitOnReply: true } });
  world.answerReply = () => Response.json({ body: "Thank you! Tell me more." });
  const sides = await Promise.all(ADDRESSES.toReversed().map((email) => enroll(world, { email })));
  for (const { stub } of sides) await ring(stub);
  return { world, sides };
}

/** Brings each new mail of either side to the other one, until nobody says anything more or `turnsMax` were said. */
async function talk(way: Way, turnsMax: number): Promise<{ readonly turns: number; readonly asked: number }> {
  const { world, sides } = await talkers();
  const brought = [0, 0];
  let turns = 0;
  for (let at = 0; turns < turnsMax; at = 1 - at) {
    const [speaker, listener] = [sides[at], sides[1 - at]];
    if (speaker === undefined || listener === undefined) break;
    const mails = (await sandboxMail(speaker.id)).slice(brought[at]);
    if (mails.length === 0 && at === 1) break;
    for (const { raw } of mails)
      await bring(world, listener.id, way(raw.replaceAll("ana@acme.example", ADDRESSES[at] ?? "")));
    brought[at] = (brought[at] ?? 0) + mails.length;
    turns += mails.length;
    const before = (await sandboxMail(listener.id)).length;
    await runUntil(listener.stub, async () => (await sandboxMail(listener.id)).length > before, 6);
  }
  return { turns, asked: world.requests.filter(({ json }) => json.type === "cadence.lead.replied").length };
}

async function bring(world: World, enrollmentId: string, raw: string): Promise<void> {
  await bringMail(raw, await replyAddress(env, world.tenantId, enrollmentId, env.REPLY_DOMAIN), "x@elsewhere.example");
}

test.each([
  ["keeps their ids", keepsIds],
  ["rewrites them", rewritesIds],
  ["rewrites them, and only the header is left", likeAnAnswer],
])("two installations that would answer each other stop, where the provider %s: nobody is asked", async (_, way) => {
  expect(await talk(way, 60)).toEqual({ turns: 2, asked: 0 });
});

test("the control: without any sign they go on, until the cap of twenty in an hour ends it", async () => {
  const { turns, asked } = await talk(hidesAll, 60);
  expect(turns).toBeGreaterThan(10);
  expect(turns).toBeLessThan(60);
  expect(asked).toBeLessThanOrEqual(40);
});
