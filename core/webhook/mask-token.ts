/** What stands in the place of a completion token wherever a log is read. */
export const MASKED = "[masked]";

const TOKEN = /(completion\?token=)[A-Za-z0-9._~%-]+/g;

/**
 * `text` without the token of a completion URL: whoever reads a log must not be able to answer in the endpoint's name.
 * Endpoints that echo the request are covered too. Sizes and hashes of the log are over the text as it was.
 */
export function maskCompletionTokens(text: string): string {
  return text.replaceAll(TOKEN, `$1${MASKED}`);
}
