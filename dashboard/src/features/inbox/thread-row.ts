/** One conversation as `GET /v1/threads` lists it. `lastKind` is that of the last mail that came in. */
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
  /** False where a person wrote last. */
  readonly answered: boolean;
  readonly excerpt: string;
  readonly messages: number;
  readonly inbound: number;
}
