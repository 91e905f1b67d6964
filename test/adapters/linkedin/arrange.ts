import { unipileProvider } from "../../../adapters/linkedin/unipile.ts";
import type { ProviderApiOptions } from "../../../adapters/provider-api/ask-api.ts";
import type { LinkedinProvider, LinkedinSendResult, OutgoingLinkedin } from "../../../core/linkedin/provider.ts";
import { fetchLoopback, orderUnipile, startUnipile, unipileRecordOf } from "../../support/far-side.ts";
import type { UnipileDoubleOrder, UnipileFault, UnipileRecord } from "../../support/unipile-double.ts";
import type { DoublePerson } from "../../support/unipile-world.ts";

/** A key that would be noticed wherever it came out. */
export const API_KEY = "planted-unipile-key-7f3a";
export const ACCOUNT_ID = "acc_double";

export const JANE: DoublePerson = {
  profileId: "ACoAAJANEJaneJane0123456789",
  publicId: "jane-doe",
  firstName: "Jane",
  lastName: "Doe",
};

export const INVITE_JANE = {
  act: "connect",
  profileId: JANE.profileId,
  text: "Hello Jane",
} as const satisfies OutgoingLinkedin;
export const WRITE_TO_JANE = {
  act: "message",
  profileId: JANE.profileId,
  chatId: null,
  text: "Hello Jane,\nshall we?",
} as const satisfies OutgoingLinkedin;

export interface Arranged {
  readonly provider: LinkedinProvider;
  record(): Promise<UnipileRecord>;
  order(verb: string, body?: object): Promise<object>;
}

/** Unipile's client in front of a double of it, over real sockets. */
export async function arrange(
  order: Omit<UnipileDoubleOrder, "now"> = {},
  options: ProviderApiOptions = {},
  settings: { readonly apiKey?: string; readonly accountId?: string } = {},
): Promise<Arranged> {
  const port = await startUnipile({ apiKey: API_KEY, accountId: ACCOUNT_ID, people: [JANE], ...order });
  const apiUrl = `http://127.0.0.1:${port}/api/v1`;
  return {
    provider: unipileProvider(
      { apiUrl, apiKey: API_KEY, accountId: ACCOUNT_ID, ...settings },
      { fetch: fetchLoopback, ...options },
    ),
    record: () => unipileRecordOf(port),
    order: (verb, body = {}) => orderUnipile(port, verb, body),
  };
}

/** What becomes of one message that meets these faults. */
export async function sendTo(
  faults: readonly UnipileFault[],
  outgoing: OutgoingLinkedin = INVITE_JANE,
): Promise<LinkedinSendResult> {
  const { provider } = await arrange({ faults });
  return provider.send(provider.compose(outgoing, Date.now()));
}

/** An error in place of the answer to the message itself. */
export function saysNo(status: number, type: string, retryAfter?: string): UnipileFault {
  const how = { status, type, ...(retryAfter === undefined ? {} : { retryAfter }) };
  return { on: "send", when: "before", how };
}
