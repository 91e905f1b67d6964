import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Server as NetServer } from "node:net";
import { SMTPServer } from "smtp-server";
import type { TestProject } from "vitest/node";
import { type MailgunRecord, startMailgunDouble } from "./mailgun-double.ts";
import { type PostmarkRecord, startPostmarkDouble } from "./postmark-double.ts";
import { type ReceivedMail, readMail } from "./received-mail.ts";
import { type ResendRecord, startResendDouble } from "./resend-double.ts";
import { mailsOfResendEmulator, startResendEmulator } from "./resend-emulator.ts";
import { makeSelfSignedCertificate, type SelfSignedCertificate } from "./self-signed-certificate.ts";
import { type SesRecord, startSesDouble } from "./ses-double.ts";
import { type SmtpScript, type SmtpTranscript, startScriptedServer } from "./smtp-scripted-server.ts";
import { startUnipileDouble } from "./unipile-double.ts";

/** A real mail server to order (smtp-server, which is not ours). `trusted` is whether workerd knows its certificate. */
export interface SmtpServerOrder {
  readonly tls: "implicit" | "starttls" | "none";
  readonly trusted: boolean;
  readonly login: { readonly username: string; readonly password: string; readonly method: "PLAIN" | "LOGIN" } | null;
}

declare module "vitest" {
  interface ProvidedContext {
    /** Made by the workerd project's configuration, which tells workerd to trust it. */
    farSideCertificate: SelfSignedCertificate;
    /** Where `far-side.ts` orders servers and reads what they got. */
    farSidePort: number;
  }
}

/**
 * The far side of mail and of LinkedIn, in Node: tests run in workerd, which can open no listening sockets. It is ordered about by HTTP
 * on loopback: `POST /servers`, `POST /scripts`, `POST /resend` and of the other doubles, `GET` of each with `/<port>` and `POST /unipile`, `POST /read`.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const farSide = new FarSide(project.getProvidedContext().farSideCertificate);
  project.provide("farSidePort", await farSide.start());
  return () => farSide.stop();
}

class FarSide {
  readonly #trusted: SelfSignedCertificate;
  readonly #untrusted = makeSelfSignedCertificate("localhost");
  readonly #mails = new Map<number, ReceivedMail[]>();
  readonly #transcripts = new Map<number, SmtpTranscript>();
  readonly #resends = new Map<number, ResendRecord>();
  readonly #postmarks = new Map<number, PostmarkRecord>();
  readonly #sess = new Map<number, SesRecord>();
  readonly #mailguns = new Map<number, MailgunRecord>();
  readonly #closers: (() => void)[] = [];
  readonly #control: Server;

  constructor(trusted: SelfSignedCertificate) {
    this.#trusted = trusted;
    this.#control = createServer((request, response) => {
      this.#answer(request).then(
        (body) => response.end(JSON.stringify(body)),
        (error) => response.writeHead(500).end(String(error)),
      );
    });
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#control.listen(0, "127.0.0.1", resolve));
    return portOf(this.#control);
  }

  async stop(): Promise<void> {
    for (const close of this.#closers) close();
    this.#control.closeAllConnections();
    await new Promise<void>((resolve) => this.#control.close(() => resolve()));
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    const body = await readBody(request);
    const [, room, port] = (request.url ?? "").split("/");
    switch (`${request.method} ${room}`) {
      case "POST servers":
        return { port: await this.#startMailServer(JSON.parse(body.toString())) };
      case "GET servers":
        return this.#mails.get(Number(port)) ?? [];
      case "POST scripts":
        return { port: await this.#startScript(JSON.parse(body.toString())) };
      case "GET scripts":
        return this.#transcripts.get(Number(port)) ?? { lines: [], bodies: [] };
      case "POST resend":
        return { port: await this.#startDouble(startResendDouble(JSON.parse(body.toString())), this.#resends) };
      case "GET resend":
        return this.#resends.get(Number(port)) ?? { mails: [], requests: [] };
      case "POST resend-emulator": {
        const { port, close } = await startResendEmulator();
        this.#closers.push(() => void close());
        return { port };
      }
      case "GET resend-emulator":
        return mailsOfResendEmulator(Number(port));
      case "POST postmark":
        return { port: await this.#startDouble(startPostmarkDouble(JSON.parse(body.toString())), this.#postmarks) };
      case "GET postmark":
        return this.#postmarks.get(Number(port)) ?? { mails: [], ids: [], requests: [] };
      case "POST ses":
        return { port: await this.#startDouble(startSesDouble(JSON.parse(body.toString())), this.#sess) };
      case "GET ses":
        return this.#sess.get(Number(port)) ?? { mails: [], requests: [] };
      case "POST mailgun":
        return { port: await this.#startDouble(startMailgunDouble(JSON.parse(body.toString())), this.#mailguns) };
      case "GET mailgun":
        return this.#mailguns.get(Number(port)) ?? { mails: [], ids: [], requests: [] };
      case "POST unipile": {
        const double = await startUnipileDouble(JSON.parse(body.toString()));
        this.#closers.push(() => void double.close());
        return { port: double.port };
      }
      case "POST read":
        return readMail(body, null, null);
      default:
        throw new Error("no such order");
    }
  }

  async #startScript(script: SmtpScript): Promise<number> {
    const { server, transcript } = startScriptedServer(script);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#closers.push(() => server.close());
    this.#transcripts.set(portOf(server), transcript);
    return portOf(server);
  }

  async #startDouble<Record>(
    { server, record }: { readonly server: Server; readonly record: Record },
    records: Map<number, Record>,
  ): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#closers.push(() => {
      server.close();
      server.closeAllConnections();
    });
    records.set(portOf(server), record);
    return portOf(server);
  }

  async #startMailServer(order: SmtpServerOrder): Promise<number> {
    const mails: ReceivedMail[] = [];
    const { login } = order;
    const server = new SMTPServer({
      ...(order.trusted ? this.#trusted : this.#untrusted),
      secure: order.tls === "implicit",
      disabledCommands: [...(order.tls === "none" ? ["STARTTLS"] : []), ...(login === null ? ["AUTH"] : [])],
      // What ours does wrong shall not be mended on the way: no login in the clear where TLS is offered.
      allowInsecureAuth: order.tls === "none",
      authOptional: login === null,
      ...(login === null ? {} : { authMethods: [login.method] }),
      size: 20_000_000,
      onAuth: (auth, _session, done) => {
        if (auth.username === login?.username && auth.password === login?.password) done(null, { user: auth.username });
        else done(new Error("wrong user name or password"));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const { mailFrom, rcptTo } = session.envelope;
          const sender = mailFrom === false ? "" : mailFrom.address;
          readMail(
            Buffer.concat(chunks),
            sender,
            rcptTo.map(({ address }) => address),
          ).then((mail) => {
            mails.push(mail);
            done(null, "queued as far-side-1");
          }, done);
        });
      },
    });
    server.on("error", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#closers.push(() => server.close());
    const port = portOf(server.server);
    this.#mails.set(port, mails);
    return port;
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function portOf(server: NetServer): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
