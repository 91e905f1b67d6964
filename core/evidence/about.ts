/** What tells a line of the log. */
export interface LineMark {
  readonly entry: number;
  readonly kind: "exchange" | "message" | "note";
  readonly step: number | null;
  readonly subjectId: string | null;
}

/** A message of ours, as its row and the line that says it was sent tell it. */
export interface SentMessage {
  readonly id: string;
  readonly entry: number;
  readonly step: number | null;
  readonly draftId: string | null;
  readonly sendKey: string | null;
  readonly providerMessageId: string | null;
}

/**
 * Whether a line belongs into the evidence of this message: all that names it, its draft or its send key, whenever that was;
 * and what was noted or asked at its step before it was sent (gates, pauses, earlier drafts of the step).
 */
export function isAbout(line: LineMark, message: SentMessage): boolean {
  const { id, draftId, sendKey, providerMessageId } = message;
  if (line.subjectId !== null && [id, draftId, sendKey, providerMessageId].includes(line.subjectId)) return true;
  if (message.step === null || line.step !== message.step || line.entry > message.entry) return false;
  if (line.kind === "note") return line.subjectId === null || isDraft(line.subjectId);
  return line.kind === "exchange" && line.subjectId !== null && isDraft(line.subjectId);
}

function isDraft(subjectId: string): boolean {
  return subjectId.startsWith("drf_");
}
