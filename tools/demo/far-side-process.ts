import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import { Answered, Counts, Listening, type Order, Probe, Report } from "./far-side/report.ts";
import type { Sabotage } from "./sabotage.ts";

/** The other process, where nothing is ours: the endpoint, the recipients' mail server and the recipients. */
export interface FarSide {
  readonly webhookUrl: string;
  readonly smtpPort: number;
  /** Starts the drafter with its secret; replies go to the door for inbound mail of `systemUrl`. */
  open(systemUrl: string, secret: string): Promise<void>;
  counts(): Promise<Counts>;
  /** Sends the drafter forged requests and says how it took them. */
  probe(): Promise<readonly Probe[]>;
  report(): Promise<Report>;
  stop(): Promise<void>;
}

/** Forks it and has it listen on free ports of 127.0.0.1. */
export async function startFarSide(sabotage: Sabotage | null): Promise<FarSide> {
  const child = fork(join(import.meta.dirname, "far-side", "main.ts"), sabotage === null ? [] : [sabotage], {
    execArgv: [],
    detached: false,
  });
  const ask = askOf(child);
  const listening = Listening.parse(await ask({ ask: "listen" }));
  return {
    ...listening,
    open: async (systemUrl, secret) => void (await ask({ ask: "open", systemUrl, secret })),
    counts: async () => Counts.parse(await ask({ ask: "counts" })),
    probe: async () => z.array(Probe).parse(await ask({ ask: "probe" })),
    report: async () => Report.parse(await ask({ ask: "report" })),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}

function askOf(child: ChildProcess): (order: Order) => Promise<unknown> {
  const waiting = new Map<
    number,
    { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }
  >();
  let asked = 0;
  child.on("message", (message) => {
    const { n, answer, error } = Answered.parse(message);
    const asker = waiting.get(n);
    waiting.delete(n);
    if (error === undefined) asker?.resolve(answer);
    else asker?.reject(new Error(`the far side says: ${error}`));
  });
  child.on("exit", (status) => {
    for (const { reject } of waiting.values()) reject(new Error(`the far side ended with status ${status}`));
    waiting.clear();
  });
  return (order) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      child.send({ n: asked, order });
    });
}
