import { readFileSync, writeFileSync } from "node:fs";

/** By how many MiB a process held more while `task` ran than before, at its highest (Linux: VmHWM, which is made anew). */
export async function peakRise(pid: number, task: () => Promise<void>): Promise<number> {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const before = peakMib(pid);
  await task();
  return peakMib(pid) - before;
}

function peakMib(pid: number): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  if (kib === undefined) throw new Error(`process ${pid} says nothing of its memory`);
  return Math.round(Number(kib) / 1024);
}
