/**
 * A delay in milliseconds, whole seconds below `minutes`, that is the same whenever it is asked for one step of one
 * enrollment, and spread evenly over others. No secret: only that not all leave in one second.
 */
export function jitterMs(enrollmentId: string, step: number, minutes: number): number {
  return minutes === 0 ? 0 : (spread(`${enrollmentId} ${step}`) % (minutes * 60)) * 1000;
}

/** From 0 to `seconds` seconds, whole ones in milliseconds: the same whenever it is asked for one text, and spread evenly over others. */
export function extraMs(text: string, seconds: number): number {
  return (spread(text) % (seconds + 1)) * 1000;
}

/** FNV-1a with the finalizer of MurmurHash3: ids that differ in one letter are far apart. 32 bits. */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
