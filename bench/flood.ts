import { setTimeout as wait } from "node:timers/promises";

/** The noise of noisy-neighbour.ts, in a process of its own: asks `url` so many times a second until it is told to stop. */

const AT_ONCE = 50;
const [url = "", key = "", aSecond = "1"] = process.argv.slice(2);
const pauseMs = (AT_ONCE * 1_000) / Number(aSecond);
const counts: Record<number, number> = {};
let isOver = false;

process.on("message", () => {
  isOver = true;
});
process.send?.("begun");
await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => keepAsking((n * pauseMs) / AT_ONCE)));
process.send?.(counts);
process.disconnect();

async function keepAsking(after: number): Promise<void> {
  await wait(after);
  let next = performance.now();
  while (!isOver) {
    const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    await response.arrayBuffer();
    counts[response.status] = (counts[response.status] ?? 0) + 1;
    next += pauseMs;
    await wait(Math.max(next - performance.now(), 0));
  }
}
