import type { Server } from "node:net";

/** Has a server listen on a free port of 127.0.0.1, and says which. */
export async function listenOn(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a double has no port");
  return address.port;
}
