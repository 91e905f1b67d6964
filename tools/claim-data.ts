import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PlainError } from "./plain-error.ts";
import { isPortTaken } from "./port.ts";

/**
 * Claims a data folder for this process: two on one folder would each fire every alarm. Returns the release.
 * Throws PlainError when another one runs on it, or the folder can't be written.
 */
export async function claimData(dataDir: string, port: number): Promise<() => void> {
  const file = join(dataDir, "running.json");
  const other = readClaim(file);
  // The port as well as the id: after a crash or a reboot the id may belong to some other program.
  if (other !== undefined && isAlive(other.pid) && (await isPortTaken(other.port))) {
    throw new PlainError(
      `Drafthook already runs on ${dataDir} (process ${other.pid}, port ${other.port}); stop it or choose another folder with: npm start -- --data DIR`,
    );
  }
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify({ pid: process.pid, port }));
  } catch (error) {
    throw new PlainError(
      `The data folder ${dataDir} can't be written: ${error instanceof Error ? error.message : error}`,
    );
  }
  return () => rmSync(file, { force: true });
}

const Claim = z.object({ pid: z.int().positive(), port: z.int().positive() });

function readClaim(file: string): z.infer<typeof Claim> | undefined {
  try {
    return Claim.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
