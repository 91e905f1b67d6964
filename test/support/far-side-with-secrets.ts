import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { Webhook } from "standardwebhooks";

/** A customer who checks each signature with a library that isn't ours, and answers with a mail. */
export interface Customer {
  readonly url: string;
  /** What it checks with: the endpoint's secret. */
  secret: string;
  verified: number;
  refused: number;
  stop(): Promise<void>;
}

export async function startCustomer(): Promise<Customer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      try {
        const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
        const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
        new Webhook(customer.secret).verify(Buffer.concat(chunks).toString(), headers);
        customer.verified += 1;
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ subject: "A question", body: "Hello" }));
      } catch {
        customer.refused += 1;
        response.writeHead(401).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const customer: Customer = {
    url: `http://127.0.0.1:${port}/hook`,
    secret: "",
    verified: 0,
    refused: 0,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return customer;
}

/** A mail server (smtp-server, which is not ours) that takes mail only from who knows the password. */
export interface LoginMailServer {
  readonly port: number;
  /** Of every mail that was taken. */
  readonly recipients: string[];
  stop(): Promise<void>;
}

export async function startLoginMailServer(expected: string): Promise<LoginMailServer> {
  const recipients: string[] = [];
  const server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth: ({ password }, _session, done) =>
      password === expected ? done(null, { user: "jane" }) : done(new Error("wrong password")),
    onData: (stream, session, done) => {
      stream.resume();
      stream.on("end", () => {
        recipients.push(...session.envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return { port, recipients, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
