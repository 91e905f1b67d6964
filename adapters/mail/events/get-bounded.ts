import { readBody } from "../../webhook/read-response.ts";

/** A page of a provider's own that its webhook named. */
export interface Got {
  readonly status: number;
  readonly text: string;
}

/** SNS waits 15 s for an answer; two of these and our own work are within that. */
const TIMEOUT_MS = 5_000;
/** A certificate is 2 KiB, an answer to a confirmation less. */
const BYTES_MAX = 64 * 1024;

/** Bounded in time and in bytes, follows no redirect, never throws; null where no whole answer came. */
export async function getBounded(url: string): Promise<Got | null> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(url, { redirect: "manual", signal: deadline.signal });
    const { ended, bytes } = await readBody(response, BYTES_MAX);
    return ended.kind === "whole" ? { status: response.status, text: new TextDecoder().decode(bytes) } : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
