import { encodable } from "../mail/encodable.ts";
import type { ApiAnswer } from "../provider-api/api-answer.ts";
import {
  type ApiRequest,
  askApi,
  maskSecret,
  type ProviderApi,
  type ProviderApiOptions,
} from "../provider-api/ask-api.ts";

/** One LinkedIn account at Unipile. */
export interface UnipileSettings {
  /** `https://{DSN}/api/v1`, without a slash at its end. */
  readonly apiUrl: string;
  readonly apiKey: string;
  /** Unipile's id of the account. */
  readonly accountId: string;
}

/** What came of asking. Nothing in it holds the key. */
export type UnipileOutcome =
  /** `body` is null where the answer isn't JSON. */
  | { readonly kind: "answered"; readonly answer: ApiAnswer; readonly body: unknown }
  /** The request was not made. */
  | { readonly kind: "not_allowed"; readonly detail: string }
  | { readonly kind: "broken"; readonly stage: "request" | "answer"; readonly detail: string };

/** Asks Unipile as one account; never throws. */
export type AskUnipile = (request: Omit<ApiRequest, "headers">) => Promise<UnipileOutcome>;

/** A hundred messages of 8,000 characters, with what is said around them. */
export const LIST_BYTES_MAX = 4 * 1024 * 1024;

/** A profile or an account says more than other answers: pictures' addresses, sections, pasts. */
export const PROFILE_BYTES_MAX = 1024 * 1024;

/** The same, but for no longer than this for each request. */
export function within(timeoutMs: number, ask: AskUnipile): AskUnipile {
  return (request) => ask({ timeoutMs, ...request });
}

/** Every request carries the key in a header; it is taken out of every string of every answer, so that none can pass it on. */
export function unipileApi({ apiUrl, apiKey }: UnipileSettings, options: ProviderApiOptions): AskUnipile {
  const api: ProviderApi = { apiUrl, secret: apiKey, secretName: "apiKey" };
  return async (request) => {
    const outcome = await askApi({ ...request, headers: { "x-api-key": apiKey } }, api, options);
    if (outcome.kind !== "answered") return outcome;
    const { status, header, text } = outcome;
    return { kind: "answered", answer: { status, header, text: null }, body: readMasked(text, api) };
  };
}

function readMasked(text: string | null, api: ProviderApi): unknown {
  try {
    return text === null
      ? null
      : JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? maskSecret(value, api) : value));
  } catch {
    return null;
  }
}

/** A path below the API's, each segment and each value encoded; what is null stays out of the query. */
export function pathTo(segments: readonly string[], query: Readonly<Record<string, string | null>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null) search.set(name, value);
  const path = segments.map((segment) => `/${encodeSegment(segment)}`).join("");
  return search.size === 0 ? path : `${path}?${search}`;
}

/** Dots alone would climb out of the path, percent-encoded too; as a space nobody has such an id. */
function encodeSegment(segment: string): string {
  return /^\.{0,2}$/.test(segment) ? "%20" : encodeURIComponent(encodable(segment));
}
