const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Resolves to "interrupted" at Ctrl-C or a request to stop. Call it after Miniflare was started: its own listeners leave
 * at once, before anything is cleaned up, and are taken off.
 */
export function interruption(): Promise<"interrupted"> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) {
      process.removeAllListeners(signal);
      // Kept on: npm passes the same Ctrl-C on a second time, and that must not cut the clean-up short.
      process.on(signal, () => resolve("interrupted"));
    }
  });
}
