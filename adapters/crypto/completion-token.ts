import { toHex } from "./bytes.ts";
import { equalInConstantTime, purposeKey } from "./hmac.ts";

/**
 * The token of a completion URL: `<tenant id>.<MAC>`, bound to this draft (or reply question) and no other purpose.
 * It dies with the draft: a settled one takes no other answer.
 */
export async function mintCompletionToken(masterBase64: string, tenantId: string, subjectId: string): Promise<string> {
  const key = await purposeKey(masterBase64, "completion");
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`completion|${tenantId}|${subjectId}`));
  return `${tenantId}.${toHex(new Uint8Array(mac)).slice(0, 40)}`;
}

/** The tenant that the token was made for, or null when it isn't ours or is for another subject. */
export async function verifyCompletionToken(
  masterBase64: string,
  subjectId: string,
  token: string,
): Promise<{ readonly tenantId: string } | null> {
  const tenantId = token.slice(0, token.indexOf("."));
  if (tenantId === "" || token.length > 200) return null;
  const expected = await mintCompletionToken(masterBase64, tenantId, subjectId);
  return (await equalInConstantTime(expected, token)) ? { tenantId } : null;
}
