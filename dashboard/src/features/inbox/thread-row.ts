/** One conversation as `GET /v1/threads` lists it. */
export interface ThreadRow {
  readonly enrollmentId: string;
  readonly leadName: string | null;
  readonly leadEmail: string | null;
  readonly leadExternalId: string;
  readonly cadenceId: string;
  readonly state: string;
  readonly exitReason: string | null;
  readonly subject: string | null;
  readonly lastAt: string;
  readonly lastDirection: "in" | "out";
  readonly lastKind: string | null;
  readonly excerpt: string | null;
  readonly messages: number;
  readonly inbound: number;
}
