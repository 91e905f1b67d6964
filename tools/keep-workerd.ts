import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { inProject } from "./project.ts";

/**
 * Sees to it that the workerd that Miniflare starts from now on dies with this process, even with `kill -9`: left alone
 * it outlives us, keeps the port and goes on sending. `started` is to be called when it runs: from then on the watcher
 * knows it by heart, and whoever deletes the data folder doesn't hide it. `stopped` when Miniflare was stopped in order.
 */
export function keepWorkerd(dataDir: string): { readonly started: () => void; readonly stopped: () => Promise<void> } {
  if (process.platform === "win32") return { started: () => {}, stopped: async () => {} };
  const pidFile = join(dataDir, "workerd.pid");
  process.env["DRAFTHOOK_WORKERD_PID_FILE"] = pidFile;
  process.env["DRAFTHOOK_WORKERD"] ??= workerdPath();
  process.env["MINIFLARE_WORKERD_PATH"] = inProject("tools", "workerd.sh");

  // The line "stopped" means in good order; the end of the pipe without it means that we are gone. In a group of its
  // own, because Ctrl-C would end the watcher first.
  const watcher = spawn("/bin/sh", ["-c", WATCH, pidFile], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.unref();
  const started = () => void watcher.stdin.write(`${readFileSync(pidFile, "utf8").trim()}\n`);
  const stopped = async () => {
    if (watcher.exitCode === null) {
      watcher.ref(); // or Node would see nothing left to wait for, and leave in the middle of stopping
      watcher.stdin.write("stopped\n");
      await once(watcher, "exit");
    }
    rmSync(pidFile, { force: true });
  };
  return { started, stopped };
}

/** Reads process ids until "stopped" or the end; $0 is the file with the id of a workerd that didn't get to `started`. */
const WATCH = `
pid=
while read -r line; do [ "$line" = stopped ] && exit 0; pid=$line; done
[ -n "$pid" ] || pid=$(cat "$0")
kill -9 "$pid"`;

/** The binary that Miniflare itself would start: the `workerd` package beside it. */
function workerdPath(): string {
  const besideMiniflare = createRequire(createRequire(import.meta.url).resolve("miniflare"));
  return z.object({ default: z.string() }).parse(besideMiniflare("workerd")).default;
}
