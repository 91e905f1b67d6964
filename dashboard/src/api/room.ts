/** What of the person's own requests long work may take, so that the screens beside it still get theirs. */
const SHARE = 0.75;

let perSecond: number | null = null;

/** Hears how many requests one key may make: `RateLimit-Policy: …, "key";q=100;w=10` (docs: Limits). */
export function noteLimits(headers: Headers): void {
  const policy = /"key";q=(\d+);w=(\d+)/.exec(headers.get("ratelimit-policy") ?? "");
  const [requests, seconds] = [Number(policy?.[1]), Number(policy?.[2])];
  if (requests > 0 && seconds > 0) perSecond = requests / seconds;
}

/** Milliseconds between two requests of long work; 0 as long as the engine has told no limit. */
export function gapForMany(): number {
  return perSecond === null ? 0 : 1_000 / (perSecond * SHARE);
}
