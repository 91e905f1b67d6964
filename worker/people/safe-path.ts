/**
 * Where to go after signing in: `wanted` when it is a path of our own, else `/`. A browser reads a path more freely than it
 * looks (`/\evil.example`, a tab in it, dots that leave `//evil.example`): so it is read as a browser reads it, and what
 * came of that is read once more.
 */
export function safePath(wanted: string | undefined, origin: string): string {
  const once = ownPath(wanted ?? "/", origin);
  return once !== null && ownPath(once, origin) === once ? once : "/";
}

function ownPath(text: string, origin: string): string | null {
  if (!/^\/(?![/\\])/.test(text) || !URL.canParse(text, origin)) return null;
  const url = new URL(text, origin);
  return url.origin === new URL(origin).origin ? `${url.pathname}${url.search}${url.hash}` : null;
}
