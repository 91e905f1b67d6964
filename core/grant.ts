import type { Scopes } from "./scope.ts";

/** What one who asks may do, until when, and from where. */
export interface Grant {
  readonly scopes: Scopes;
  /** Milliseconds since the epoch; null: it doesn't end by itself. */
  readonly expiresAt: number | null;
  /** Addresses and CIDR ranges of both families; null: from anywhere. */
  readonly allowedIps: readonly string[] | null;
}
