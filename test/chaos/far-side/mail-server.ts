import { createServer, type Server, type Socket } from "node:net";
import type { Conversation } from "../record.ts";
import { leadOf } from "../words.ts";
import { listenOn } from "./listen.ts";
import { readMail } from "./read-mail.ts";
import type { Witness } from "./witness.ts";

/**
 * The recipients' mail server, with no more SMTP than a sender needs. A message counts as received with its final dot,
 * whether or not anybody hears of it: that is the very case that all of this is about.
 */
export class MailServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(witness: Witness, onMail: (lead: string, step: number) => void) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      converse(socket, witness, onMail);
    });
  }

  async listen(): Promise<number> {
    return listenOn(this.#server);
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}

function converse(socket: Socket, witness: Witness, onMail: (lead: string, step: number) => void): void {
  const boot = witness.boot();
  const talk: Conversation = { boot, openedAt: Date.now(), lead: null, step: null, answeredAt: null, closedAt: null };
  witness.record.conversations.push(talk);
  let unread = "";
  let inBody = false;
  socket.setEncoding("latin1");
  socket.on("error", () => undefined); // cut by the kill
  socket.on("close", () => {
    talk.closedAt = Date.now();
  });
  socket.write("220 recipients.example\r\n");
  socket.on("data", (chunk: string) => {
    unread += chunk;
    for (;;) {
      const end = inBody ? unread.indexOf("\r\n.\r\n") : unread.indexOf("\r\n");
      if (end === -1) return;
      const heard = unread.slice(0, end);
      unread = unread.slice(end + (inBody ? 5 : 2));
      if (inBody) {
        inBody = false;
        take(heard);
      } else inBody = command(socket, heard, talk);
    }
  });

  /** The whole message is here. */
  function take(raw: string): void {
    const mail = readMail(raw, Date.now(), boot);
    if (mail === null) return void socket.write("554 5.6.0 this is none of ours\r\n");
    talk.step = mail.step;
    witness.record.mails.push(mail);
    onMail(mail.lead, mail.step);
    if (witness.reached("mail_accepted")) return;
    setTimeout(
      () => {
        if (socket.destroyed || !witness.lives(boot)) return;
        socket.write("250 2.0.0 taken\r\n", () => {
          talk.answeredAt = Date.now();
          witness.reached("answered", "mail");
        });
      },
      witness.latencyMs(`mail/${mail.lead}/${mail.step}`),
    );
  }
}

/** Answers one command; true when a message follows. */
function command(socket: Socket, line: string, talk: Conversation): boolean {
  switch (line.split(/[ :]/, 1)[0]?.toUpperCase()) {
    case "EHLO":
      socket.write("250-recipients.example\r\n250-SIZE 20000000\r\n250 8BITMIME\r\n");
      return false;
    case "RCPT":
      talk.lead = leadOf(/<([^>]*)>/.exec(line)?.[1] ?? "");
      socket.write("250 2.1.5 ok\r\n");
      return false;
    case "MAIL":
      socket.write("250 2.1.0 ok\r\n");
      return false;
    case "DATA":
      socket.write("354 go on\r\n");
      return true;
    case "QUIT":
      socket.end("221 bye\r\n");
      return false;
    default:
      socket.write("500 5.5.1 what?\r\n");
      return false;
  }
}
