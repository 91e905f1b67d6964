/**
 * What `begin` comes to, or a rejection once it has taken `ms` milliseconds: then `who` counts as unreachable, and what
 * still comes of it is not used. The timer ends with the work: one that ran on would keep the object in memory, billed.
 */
export async function atMost<Value>(ms: number, who: string, begin: () => Promise<Value>): Promise<Value> {
  const patience = new AbortController();
  const over = scheduler
    .wait(ms, { signal: patience.signal })
    .then(() => Promise.reject(new Error(`${who} gave no answer in ${ms} ms`)));
  over.catch(() => undefined);
  try {
    return await Promise.race([begin(), over]);
  } finally {
    patience.abort();
  }
}
