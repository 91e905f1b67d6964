/** What a text of the customer's is about: which draft of which step, and at which asking it was written. */
export interface WordsAbout {
  readonly lead: string;
  readonly step: number;
  readonly draftId: string;
  readonly attempt: number;
}

/** A body that names its draft in one line that no transfer encoding breaks. */
export function wordsFor({ lead, step, draftId, attempt }: WordsAbout): string {
  return `[[${lead} ${step} ${draftId} ${attempt}]]\n\nHello,\nthis is step ${step} for ${lead}.\n`;
}

/** What a received text names, or null when it isn't one of ours. */
export function readWords(text: string): WordsAbout | null {
  const [, lead, step, draftId, attempt] = /\[\[(\S+) (\d+) (drf_\w+) (\d+)\]\]/.exec(text) ?? [];
  if (lead === undefined || draftId === undefined) return null;
  return { lead, step: Number(step), draftId, attempt: Number(attempt) };
}

/** The lead's address, and back. */
export function emailOf(lead: string): string {
  return `${lead}@recipients.example`;
}

export function leadOf(email: string): string {
  return email.slice(0, email.indexOf("@"));
}
