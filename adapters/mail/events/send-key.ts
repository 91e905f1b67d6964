import { enrollmentOfSendKey } from "../../../core/enrollment.ts";
import { referenceOf } from "../providers/reference.ts";

/** Our key in a Message-ID that we gave, with or without angle brackets; null where it is somebody else's. */
export function sendKeyOfMessageId(messageId: string | undefined): string | null {
  const [bare] = /[^<>\s]+/.exec(messageId ?? "") ?? [];
  const key = bare === undefined ? "" : referenceOf(`<${bare}>`);
  return enrollmentOfSendKey(key) === null ? null : key;
}
