import type { DraftAnswer } from "./decide-draft.ts";

/** What the work behind a 202 takes here. */
const WORK_MS = 1_500;
const TRIES = 5;
const AGAIN_MS = 1_000;

/**
 * Sends an answer to the completion URL when the work is done; the same answer again is harmless, so a lost response is
 * simply tried again. `done` is told the last HTTP status, or 0 when none came.
 */
export function completeLater(completionUrl: string, answer: DraftAnswer, done: (status: number) => void): void {
  setTimeout(() => void send(completionUrl, answer, TRIES).then(done), WORK_MS);
}

async function send(completionUrl: string, answer: DraftAnswer, triesLeft: number): Promise<number> {
  const status = await fetch(completionUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(answer),
  }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => 0,
  );
  const isWorthAnotherTry = status === 0 || status === 429 || status >= 500;
  if (!isWorthAnotherTry || triesLeft <= 1) return status;
  await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  return send(completionUrl, answer, triesLeft - 1);
}
