import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";
import { inProject } from "../../project.ts";
import { CAST } from "./cast.ts";

const Seen = z.object({
  invitations: z.array(z.object({ profileId: z.string(), text: z.string().nullable() })),
  messages: z.array(z.object({ profileId: z.string(), chatId: z.string(), text: z.string() })),
});
export type Seen = z.infer<typeof Seen>;

/** A LinkedIn with one account behind Unipile's API: the double of the tests, in a process of its own, since it is none of ours. */
export interface Linkedin {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly accountId: string;
  /** Orders it about (test/support/unipile-control.ts). */
  order(verb: string, body?: object): Promise<void>;
  seen(): Promise<Seen>;
  stop(): Promise<void>;
}

const API_KEY = "demo-key-of-unipile";

/** Nobody is there but the cast, and of them not who is unreachable. */
export async function startLinkedin(accountId: string): Promise<Linkedin> {
  const people = CAST.filter(({ part }) => part !== "unreachable").map(({ name, publicId }) => ({
    ...{ profileId: profileIdOf(publicId), publicId },
    ...{ firstName: name.split(" ")[0] ?? "", lastName: name.split(" ").slice(1).join(" ") },
  }));
  const order = { accountId, apiKey: API_KEY, people, findsAnyone: false, hookRetryMs: 500 };
  const child = spawn(process.execPath, [inProject("test", "support", "unipile-program.ts"), JSON.stringify(order)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const url = `http://127.0.0.1:${await portOf(child)}`;
  const ask = async (verb: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}/_double/${verb}`, body === undefined ? {} : asJson(body));
    if (!response.ok) throw new Error(`LinkedIn's stand-in doesn't know ${verb}: ${await response.text()}`);
    return response.json();
  };
  return {
    ...{ apiUrl: `${url}/api/v1`, apiKey: API_KEY, accountId },
    order: async (verb, body = {}) => void (await ask(verb, body)),
    seen: async () => Seen.parse(await ask("record")),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.stdin.end();
      await gone;
    },
  };
}

/** The id that LinkedIn has for somebody of the cast. */
export function profileIdOf(publicId: string): string {
  return `ACoAA${publicId.replaceAll("-", "_").padEnd(20, "0")}`;
}

function asJson(body: object): RequestInit {
  return { method: "POST", body: JSON.stringify(body) };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("exit", (status) => reject(new Error(`LinkedIn's stand-in ended with status ${status}`)));
    if (child.stdout === null) return reject(new Error("LinkedIn's stand-in says nothing"));
    createInterface({ input: child.stdout }).once("line", (line) =>
      resolve(z.object({ port: z.number() }).parse(JSON.parse(line)).port),
    );
  });
}
