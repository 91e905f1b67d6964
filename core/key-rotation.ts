/** When a key-encryption key was first seen, in milliseconds, by its version. */
interface SeenVersion {
  readonly version: number;
  readonly firstSeenAt: number;
}

/**
 * Under which of the versions that are there something new is sealed: the newest that was first seen `graceMs` ago or
 * earlier, since an isolate that was started before it came can't open what is sealed under it; else the oldest.
 */
export function versionToSealUnder(
  versions: readonly number[],
  seen: readonly SeenVersion[],
  now: number,
  graceMs: number,
): number {
  const settled = seen.filter(({ version, firstSeenAt }) => versions.includes(version) && firstSeenAt + graceMs <= now);
  return settled.length > 0 ? Math.max(...settled.map(({ version }) => version)) : Math.min(...versions);
}

/**
 * Under which version all secrets are to be brought now; null for none. Twice the grace after it came nobody seals under
 * an older one any more, so what has been passed needn't be looked at again.
 */
export function versionToMoveTo(
  versions: readonly number[],
  seen: readonly (SeenVersion & { readonly doneAt: number | null })[],
  now: number,
  graceMs: number,
): number | null {
  const newest = Math.max(...versions);
  const known = seen.find(({ version }) => version === newest);
  if (known === undefined || known.doneAt !== null || known.firstSeenAt + 2 * graceMs > now) return null;
  return newest;
}
