/** The engine's sentence with people in the place of their ids; `emails` by the ids of those whom one may know. */
export function nameActors(
  sentence: string,
  ownId: string | undefined,
  emails: Readonly<Record<string, string>>,
): string {
  return sentence
    .replace("because paused by", "because it was paused by")
    .replaceAll(/\busr_\w+/g, (id) => (id === ownId ? "you" : (emails[id] ?? "somebody of this workspace")))
    .replaceAll(/\bkey_\w+/g, "an API key");
}
