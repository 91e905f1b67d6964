import { createServer } from "node:net";
import { PlainError } from "./plain-error.ts";

/** Turns 0 into a free port of 127.0.0.1; any other port must be free. Throws PlainError when it is taken. */
export async function choosePort(port: number): Promise<number> {
  const chosen = await tryListen(port);
  if (chosen === undefined) throw new PortTaken(port);
  return chosen;
}

/** The port is taken; it says so with the next thing to type. */
export class PortTaken extends PlainError {
  constructor(port: number) {
    const other = port < 65_535 ? port + 1 : port - 1;
    super(`Port ${port} is taken; stop what runs there or start with: npm start -- --port ${other}`);
  }
}

/** Whether something listens on this port of 127.0.0.1. */
export async function isPortTaken(port: number): Promise<boolean> {
  return (await tryListen(port)) === undefined;
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else if (error.code === "EACCES")
        reject(new PlainError(`Port ${port} is not allowed to this user; choose one above 1023.`));
      else reject(error);
    });
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
    });
  });
}
