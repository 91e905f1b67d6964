import { Webhook } from "standardwebhooks";
import { vi } from "vitest";

/** A request as an endpoint gets it. */
export interface Got {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  /** Whether a careful endpoint takes it: signed by this secret, within five minutes. */
  readonly isProper: boolean;
}

/** From here on every `fetch` reaches an endpoint that answers so. Gives what it got, newest last. */
export function endpointThatSays(answer: (got: Got) => Response | Promise<Response>, secret = ""): readonly Got[] {
  const got: Got[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init);
    const body = await request.text();
    const { url, headers } = request;
    const one = { url, headers, body, isProper: secret !== "" && isProper(secret, headers, body) };
    got.push(one);
    return answer(one);
  });
  return got;
}

function isProper(secret: string, headers: Headers, body: string): boolean {
  try {
    new Webhook(secret).verify(body, Object.fromEntries(headers));
    return true;
  } catch {
    return false;
  }
}
