import { env } from "cloudflare:workers";
import { vi } from "vitest";
import type { LogMessage } from "../../adapters/d1/log-message.ts";
import { project } from "../../adapters/d1/project.ts";

/** From here on, until the mocks are restored, what an enrollment hands to the log queue is in the index and the log at once. */
export function projectAtOnce(): void {
  vi.spyOn(env.LOG_QUEUE, "sendBatch").mockImplementation(async (messages) => {
    await project(
      env.DB,
      env.BODIES,
      [...messages].map(({ body }) => body as LogMessage),
    );
    return { metadata: {} } as never;
  });
}
