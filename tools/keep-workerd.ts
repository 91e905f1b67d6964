import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { inProject } from "./project.ts";

/**
 * Sees to it that the workerd that Miniflare starts from now on dies with this process, even with `kill -9`: left alone
 * it outlives us, keeps the port and goes on sending. Returns what to call when Miniflare was stopped in good order.
 */
export function keepWorkerd(dataDir: string): () => Promise<void> {
  if (process.platform === "win32") return async () => {};
  const pidFile = join(dataDir, "workerd.pid");
  process.env["DRAFTHOOK_WORKERD_PID_FILE"] = pidFile;
  process.env["DRAFTHOOK_WORKERD"] ??= workerdPath();
  process.env["MINIFLARE_WORKERD_PATH"] = inProject("tools", "workerd.sh");

  // A line means "stopped in good order"; the end of the pipe without one means that we are gone. In a group of its
  // own, because Ctrl-C would end the watcher first.
  const watcher = spawn("/bin/sh", ["-c", 'read -r _ || kill -9 "$(cat "$0")"', pidFile], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.unref();
  return async () => {
    if (watcher.exitCode === null) {
      watcher.ref(); // or Node would see nothing left to wait for, and leave in the middle of stopping
      watcher.stdin.write("stopped\n");
      await once(watcher, "exit");
    }
    rmSync(pidFile, { force: true });
  };
}

/** The binary that Miniflare itself would start: the `workerd` package beside it. */
function workerdPath(): string {
  const besideMiniflare = createRequire(createRequire(import.meta.url).resolve("miniflare"));
  return z.object({ default: z.string() }).parse(besideMiniflare("workerd")).default;
}
