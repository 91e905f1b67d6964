import { makeReply, parseReplyLine, type SmtpReply } from "./reply.ts";
import type { SmtpLoss } from "./verdict.ts";

/** The one thing that we need of `cloudflare:sockets`: its `connect`. */
export type Dial = (address: SocketAddress, options: SocketOptions) => Socket;

export type Heard<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly loss: SmtpLoss };

/** RFC 5321 section 4.5.3.1.5 says 512; servers send longer ones, but not without end. */
const LINE_OCTETS_MAX = 4_096;
const REPLY_LINES_MAX = 128;

/**
 * One TCP or TLS connection, read reply by reply. It never throws: whatever the far side does comes back as a loss.
 * Nothing is read ahead: octets are taken from the socket only while we wait for a reply, so that STARTTLS finds none of
 * them in our hands.
 */
export class SmtpConnection {
  #socket: Socket;
  #reader: ReadableStreamDefaultReader<Uint8Array>;
  #writer: WritableStreamDefaultWriter<Uint8Array>;
  #unread = new Uint8Array();

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#reader = readerOf(socket);
    this.#writer = socket.writable.getWriter();
    swallow(socket.closed, this.#reader.closed, this.#writer.closed);
  }

  static async open(
    dial: Dial,
    address: SocketAddress,
    secure: "on" | "starttls" | "off",
    timeoutMs: number,
  ): Promise<Heard<SmtpConnection>> {
    try {
      const socket = dial(address, { secureTransport: secure, allowHalfOpen: false });
      const connection = new SmtpConnection(socket);
      const opened = await within(timeoutMs, socket.opened, "connect_failed");
      if (opened.ok) return { ok: true, value: connection };
      connection.close();
      return opened;
    } catch (error) {
      return { ok: false, loss: { kind: "connect_failed", detail: messageOf(error) } };
    }
  }

  /** What the server said before we asked is forgotten first: it can't be the answer to what we are about to say. */
  async command(line: string, timeoutMs: number): Promise<Heard<SmtpReply>> {
    const until = Date.now() + timeoutMs;
    const written = await this.write(new TextEncoder().encode(`${line}\r\n`), timeoutMs);
    return written.ok ? this.reply(Math.max(1, until - Date.now())) : written;
  }

  async write(octets: Uint8Array, timeoutMs: number): Promise<Heard<void>> {
    this.#unread = new Uint8Array();
    return within(timeoutMs, this.#writer.write(octets), "lost");
  }

  async reply(timeoutMs: number): Promise<Heard<SmtpReply>> {
    return within(timeoutMs, this.#readReply(), "lost");
  }

  /**
   * The upgraded connection. Octets that came in the clear after the server's 220 are thrown away: somebody on the way
   * could have put them there to be taken for answers given under TLS (the class of CVE-2011-0411).
   */
  async startTls(timeoutMs: number): Promise<Heard<SmtpConnection>> {
    try {
      this.#unread = new Uint8Array();
      this.#reader.releaseLock();
      this.#writer.releaseLock();
      const socket = this.#socket.startTls();
      const connection = new SmtpConnection(socket);
      const opened = await within(timeoutMs, socket.opened, "tls_failed");
      if (opened.ok) return { ok: true, value: connection };
      connection.close();
      return opened;
    } catch (error) {
      return { ok: false, loss: { kind: "tls_failed", detail: messageOf(error) } };
    }
  }

  /** Says goodbye without waiting for an answer, which could tell us nothing more. */
  quit(): void {
    swallow(this.#writer.write(new TextEncoder().encode("QUIT\r\n")).then(() => this.close()));
  }

  close(): void {
    swallow(this.#socket.close());
  }

  async #readReply(): Promise<SmtpReply> {
    const texts: string[] = [];
    let code: number | null = null;
    while (texts.length < REPLY_LINES_MAX) {
      const line = parseReplyLine(await this.#readLine());
      if (line === null) throw new Unreadable("the server sent a line that is no SMTP reply");
      if (code !== null && line.code !== code) throw new Unreadable("the server changed the code within one reply");
      code = line.code;
      texts.push(line.text);
      if (line.last) return makeReply(code, texts);
    }
    throw new Unreadable(`the server's reply has more than ${REPLY_LINES_MAX} lines`);
  }

  async #readLine(): Promise<string> {
    for (;;) {
      const end = this.#unread.indexOf(0x0a);
      if (end > LINE_OCTETS_MAX || (end === -1 && this.#unread.length > LINE_OCTETS_MAX)) {
        throw new Unreadable(`the server sent a line of more than ${LINE_OCTETS_MAX} octets`);
      }
      if (end !== -1) {
        const line = new TextDecoder().decode(this.#unread.subarray(0, end));
        this.#unread = this.#unread.slice(end + 1);
        return line.replace(/\r$/u, "");
      }
      const { done, value } = await this.#reader.read();
      if (done) throw new Error("the server closed the connection");
      this.#unread = joined(this.#unread, value);
    }
  }
}

class Unreadable extends Error {}

async function within<Value>(
  timeoutMs: number,
  work: Promise<Value>,
  failure: SmtpLoss["kind"],
): Promise<Heard<Value>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Heard<Value>>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, loss: { kind: "timeout", detail: `no answer within ${timeoutMs} ms` } }),
      timeoutMs,
    );
  });
  const done = work.then(
    (value): Heard<Value> => ({ ok: true, value }),
    (error): Heard<Value> => ({
      ok: false,
      loss: { kind: error instanceof Unreadable ? "unreadable" : failure, detail: messageOf(error) },
    }),
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}

function readerOf(socket: Socket): ReadableStreamDefaultReader<Uint8Array> {
  const readable: ReadableStream<Uint8Array> = socket.readable;
  return readable.getReader();
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function swallow(...promises: readonly Promise<unknown>[]): void {
  for (const promise of promises) promise.catch(() => undefined);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
