import { readKeyVersions } from "../../adapters/d1/key-versions.ts";
import { type Local, startLocal } from "../local.ts";
import { addKek, readKekVersions, removeKek } from "../local-files.ts";
import type { Installation } from "./rotate.ts";

/** The data folder of `npm start`, whose keys lie in its secrets.json. It must not run: it reads them when it starts. */
export function onThisMachine(dataDir: string): Installation & { stop(): Promise<void> } {
  let running: Local | undefined;
  const start = async () => (running ??= await startLocal({ dataDir, port: 0, cronEverySeconds: 0 }));
  return {
    versions: async () => readKekVersions(dataDir),
    add: async (version) => addKek(dataDir, version),
    remove: async (version) => removeKek(dataDir, version),
    progress: async () => readKeyVersions((await start()).database),
    wait: async () => (await start()).dispatchCron(),
    stop: async () => running?.stop(),
  };
}
