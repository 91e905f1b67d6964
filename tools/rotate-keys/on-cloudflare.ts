import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { readJson, wrangler } from "../wrangler.ts";
import type { Installation } from "./rotate.ts";

const LOOK_EVERY_MS = 15_000;

const Secrets = z.array(z.object({ name: z.string() }));

const Rows = z.tuple([
  z.object({
    results: z.array(
      z.object({
        version: z.number(),
        endpointsUpTo: z.number(),
        mailboxesUpTo: z.number(),
        linkedinAccountsUpTo: z.number(),
        unreadable: z.number(),
        doneAt: z.number().nullable(),
      }),
    ),
  }),
]);

const PROGRESS =
  "SELECT version, endpoints_up_to AS endpointsUpTo, mailboxes_up_to AS mailboxesUpTo, linkedin_accounts_up_to AS linkedinAccountsUpTo, unreadable, done_at AS doneAt FROM key_versions";

/** The deployed Worker of wrangler.toml, by wrangler, with whatever account that is signed in to. */
export function onCloudflare(lookEveryMs = LOOK_EVERY_MS): Installation {
  return {
    versions: async () => {
      const listed = Secrets.parse(readJson(await wrangler(["secret", "list", "--format", "json"])));
      return listed.flatMap(({ name }) => {
        const [, version] = /^KEK_V([1-9]\d{0,3})$/.exec(name) ?? [];
        return version === undefined ? [] : [Number(version)];
      });
    },
    add: async (version) => {
      // By stdin: what is on a command line is in the list of processes.
      await wrangler(["secret", "put", `KEK_V${version}`], randomBytes(32).toString("base64"));
    },
    remove: async (version) => {
      await wrangler(["secret", "delete", `KEK_V${version}`]);
    },
    progress: async () => {
      const [{ results }] = Rows.parse(
        readJson(await wrangler(["d1", "execute", "DB", "--remote", "--json", "--command", PROGRESS])),
      );
      return results;
    },
    wait: () => sleep(lookEveryMs),
  };
}
