import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";
import { inProject } from "../../project.ts";
import { DrafterLine } from "./report.ts";

/** The example drafter, running as its README says; `lines` is what it printed. */
export interface Drafter {
  readonly url: string;
  readonly lines: readonly DrafterLine[];
  stop(): void;
}

/** Starts examples/drafter with the endpoint's secret on a free port. */
export function startDrafter(secret: string): Promise<Drafter> {
  const child = spawn(process.execPath, ["server.ts"], {
    cwd: inProject("examples", "drafter"),
    env: { ...process.env, WEBHOOK_SECRET: secret, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: DrafterLine[] = [];
  return new Promise((resolve, reject) => {
    child.once("exit", (status) => reject(new Error(`examples/drafter ended with status ${status}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said: unknown = JSON.parse(line);
      const listening = Listening.safeParse(said);
      if (listening.success) resolve({ url: listening.data.listening, lines, stop: () => stop(child) });
      else lines.push(DrafterLine.parse(said));
    });
  });
}

const Listening = z.object({ listening: z.string() });

function stop(child: ChildProcess): void {
  child.removeAllListeners("exit");
  child.kill();
}
