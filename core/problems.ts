/**
 * Every way in which we say no: status and title by stable code. The wire is application/problem+json (RFC 9457);
 * `detail` is written where it happens and says what to change.
 */
export const PROBLEMS = {
  invalid_json: { status: 400, title: "The body is not JSON" },
  invalid_request: { status: 422, title: "The request doesn't fit the schema" },
  invalid_cursor: { status: 422, title: "The cursor is not one of ours" },
  unauthorized: { status: 401, title: "No valid API key" },
  key_expired: { status: 401, title: "The API key has expired" },
  invalid_signature: { status: 401, title: "The signature does not match" },
  forbidden: { status: 403, title: "This key may not do that" },
  missing_scope: { status: 403, title: "This key lacks the scope" },
  address_not_allowed: { status: 403, title: "This key may not be used from there" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  conflict: { status: 409, title: "Conflict" },
  already_finished: { status: 409, title: "The enrollment is finished" },
  not_published: { status: 409, title: "The cadence is not published" },
  not_available_yet: { status: 409, title: "Not available yet" },
  not_held: { status: 409, title: "Nothing is held here" },
  nothing_to_release: { status: 409, title: "There is no text to release" },
  draft_settled: { status: 409, title: "The draft has its answer" },
  draft_expired: { status: 409, title: "The draft has expired" },
  idempotency_in_progress: { status: 409, title: "The same request is still running" },
  idempotency_mismatch: { status: 422, title: "The Idempotency-Key was used with another body" },
  precondition_failed: { status: 412, title: "It has changed since you read it" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body must be JSON" },
  rate_limited: { status: 429, title: "Too many requests" },
  person_erased: { status: 409, title: "This person was erased" },
  in_use: { status: 409, title: "Still in use" },
  unreadable: { status: 503, title: "Try again" },
  internal: { status: 500, title: "Something broke on our side" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;
