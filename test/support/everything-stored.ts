import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { TABLES } from "../../adapters/d1/holdings.ts";

/** Where a word stands in what is stored: tables of D1, objects of R2 by their keys, objects' own storage. As text and in base64. */
export async function placesOf(word: string): Promise<readonly string[]> {
  const stored = await everythingStored();
  return stored.flatMap(({ place, text }) =>
    spellings(word).some((spelling) => text.includes(spelling)) ? [place] : [],
  );
}

/** A word as it may stand somewhere: as it is, in lower case, escaped in JSON, and by three ways in which base64 may cut it. */
export function spellings(word: string): readonly string[] {
  const escaped = JSON.stringify(word).slice(1, -1);
  const ascii = [...escaped].map((sign) =>
    sign > "~" ? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}` : sign,
  );
  return [
    ...new Set([
      word,
      word.toLowerCase(),
      escaped,
      ascii.join(""),
      ...[0, 1, 2].map((before) => inBase64(word, before)),
    ]),
  ];
}

/** The signs of base64 that hold nothing but the word, when so many bytes stand before it. */
function inBase64(word: string, before: number): string {
  const bytes = [...new Uint8Array(before), ...new TextEncoder().encode(word)];
  const whole = btoa(String.fromCharCode(...bytes));
  return whole.slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

async function everythingStored(): Promise<readonly { readonly place: string; readonly text: string }[]> {
  return [...(await rows()), ...(await bodies()), ...(await objects())];
}

async function rows() {
  return Promise.all(
    Object.keys(TABLES).map(async (table) => {
      const { results } = await env.DB.prepare(`SELECT * FROM ${table}`).all();
      return { place: `table ${table}`, text: JSON.stringify(results) };
    }),
  );
}

async function bodies() {
  const found: { place: string; text: string }[] = [];
  for (let cursor: string | undefined; ; ) {
    const list = await env.BODIES.list(cursor === undefined ? {} : { cursor });
    for (const { key } of list.objects) {
      const object = await env.BODIES.get(key);
      if (object !== null) found.push({ place: `body ${key}`, text: key + (await object.text()) });
    }
    if (!list.truncated) return found;
    cursor = list.cursor;
  }
}

async function objects() {
  const ids = await listDurableObjectIds(env.ENROLLMENTS);
  return Promise.all(
    ids.map(async (id) => {
      const stub = env.ENROLLMENTS.get(id);
      const text = await runInDurableObject(stub, (_object, { storage: { sql } }) => {
        const tables = sql.exec<{ name: string }>(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'",
        );
        return JSON.stringify(
          tables.toArray().map(({ name }) => [name, sql.exec(`SELECT * FROM "${name}"`).toArray()]),
        );
      });
      return { place: `object ${id.name ?? id}`, text };
    }),
  );
}
