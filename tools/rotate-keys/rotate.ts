import { PlainError } from "../plain-error.ts";

/** How far the secrets have moved under one version; as `key_versions` has it. */
export interface KeyProgress {
  readonly version: number;
  readonly endpointsUpTo: number;
  readonly mailboxesUpTo: number;
  readonly linkedinAccountsUpTo: number;
  readonly unreadable: number;
  /** Null while it goes on. */
  readonly doneAt: number | null;
}

/** An installation whose key-encryption keys can be changed. */
export interface Installation {
  /** The versions for which a secret KEK_V… is set. */
  versions(): Promise<readonly number[]>;
  /** Sets KEK_V… to 32 new random bytes; they are shown nowhere. */
  add(version: number): Promise<void>;
  remove(version: number): Promise<void>;
  /** Of every version that the installation itself has seen. */
  progress(): Promise<readonly KeyProgress[]>;
  /** Lets it go on, or waits until it has. */
  wait(): Promise<void>;
}

/**
 * Puts a new key-encryption key in the place of the present one: sets it, waits until all secrets are under it, and removes
 * the ones before. What was begun and broken off goes on where it was. `say` is told each change, in a sentence. Throws
 * PlainError, with the old keys kept, when something can't be opened.
 */
export async function rotateKeys(installation: Installation, say: (line: string) => void): Promise<void> {
  const newest = await beginOrGoOn(installation, say);
  const done = await waitUntilMoved(installation, newest, say);
  if (done.unreadable > 0)
    throw new PlainError(
      `${done.unreadable} sealed values can't be opened by any key, so the old ones stay. The Worker's log names their rows: save those secrets again, and then rotate once more.`,
    );
  for (const version of await installation.versions()) {
    if (version >= newest) continue;
    await installation.remove(version);
    say(`KEK_V${version} is removed.`);
  }
  say(`All secrets are under KEK_V${newest}.`);
}

/** A newest key to which not all has moved is a rotation that was broken off. */
async function beginOrGoOn(installation: Installation, say: (line: string) => void): Promise<number> {
  const versions = await installation.versions();
  if (versions.length === 0) throw new PlainError("No secret KEK_V… is set, so this is no installation of Drafthook.");
  const newest = Math.max(...versions);
  if (versions.length > 1) {
    say(`KEK_V${newest} was set before; going on.`);
    return newest;
  }
  await installation.add(newest + 1);
  say(`KEK_V${newest + 1} is set.`);
  return newest + 1;
}

async function waitUntilMoved(
  installation: Installation,
  version: number,
  say: (line: string) => void,
): Promise<KeyProgress> {
  let said = "";
  for (;;) {
    const at = (await installation.progress()).find((one) => one.version === version);
    if (at !== undefined && at.doneAt !== null) return at;
    const line = sentence(version, at);
    if (line !== said) say(line);
    said = line;
    await installation.wait();
  }
}

function sentence(version: number, at: KeyProgress | undefined): string {
  if (at === undefined) return `Waiting until the installation has seen KEK_V${version}.`;
  if (at.endpointsUpTo + at.mailboxesUpTo + at.linkedinAccountsUpTo === 0)
    return "It has. Secrets begin to move when no part of it runs without the new key any more: after about 20 minutes.";
  return `Moved: endpoints up to row ${at.endpointsUpTo}, mailboxes up to row ${at.mailboxesUpTo}, LinkedIn accounts up to row ${at.linkedinAccountsUpTo}.`;
}
