import { createServer, type Server, type Socket } from "node:net";

/**
 * What a scripted server does when its turn comes. `say` is sent as it is, line ends and all.
 * `cut` is a reset of the connection, `silence` is never answering, `flood` a line that never ends.
 */
export type FarAction = { readonly say: string; readonly then?: "cut" } | "cut" | "silence" | "flood";

/** One action per stage; a stage that isn't named goes well. `body` is what happens at the first octets after DATA. */
export interface SmtpScript {
  readonly greeting?: FarAction;
  readonly ehlo?: FarAction;
  readonly starttls?: FarAction;
  readonly auth?: FarAction;
  readonly mail?: FarAction;
  /** By address in lower case, or `*` for every one. */
  readonly rcpt?: Readonly<Record<string, FarAction>>;
  readonly data?: FarAction;
  readonly body?: FarAction;
  readonly endOfData?: FarAction;
}

/** What a scripted server has heard: command lines, and each message between DATA and the final dot, octet for octet. */
export interface SmtpTranscript {
  readonly lines: string[];
  readonly bodies: string[];
}

export function startScriptedServer(script: SmtpScript): { server: Server; transcript: SmtpTranscript } {
  const transcript: SmtpTranscript = { lines: [], bodies: [] };
  const server = createServer((socket) => converse(socket, script, transcript));
  return { server, transcript };
}

function converse(socket: Socket, script: SmtpScript, transcript: SmtpTranscript): void {
  let unread = "";
  let inBody = false;
  let bodyBegun = false;
  socket.setEncoding("latin1");
  socket.on("error", () => undefined);
  perform(socket, script.greeting ?? { say: "220 far side\r\n" });
  socket.on("data", (chunk: string) => {
    unread += chunk;
    if (inBody && !bodyBegun && script.body !== undefined) {
      bodyBegun = true;
      perform(socket, script.body);
      return;
    }
    for (;;) {
      const end = inBody ? `\r\n${unread}`.indexOf("\r\n.\r\n") : unread.indexOf("\r\n");
      if (end === -1) return;
      const heard = unread.slice(0, end);
      unread = unread.slice(end + (inBody ? 3 : 2));
      if (inBody) {
        inBody = false;
        transcript.bodies.push(heard);
        perform(socket, script.endOfData ?? { say: "250 2.0.0 taken\r\n" });
      } else {
        transcript.lines.push(heard);
        inBody = answer(socket, script, heard);
      }
    }
  });
}

/** Answers one command; true when a message follows. */
function answer(socket: Socket, script: SmtpScript, line: string): boolean {
  const verb = line.split(/[ :]/, 1)[0]?.toUpperCase();
  switch (verb) {
    case "EHLO":
      perform(
        socket,
        script.ehlo ?? {
          say: "250-far side\r\n250-SIZE 20000000\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN\r\n",
        },
      );
      return false;
    case "STARTTLS":
      perform(socket, script.starttls ?? { say: "220 go on\r\n" });
      return false;
    case "AUTH":
      perform(socket, script.auth ?? { say: "235 2.7.0 welcome\r\n" });
      return false;
    case "MAIL":
      perform(socket, script.mail ?? { say: "250 2.1.0 sender taken\r\n" });
      return false;
    case "RCPT": {
      const email = /<([^>]*)>/.exec(line)?.[1]?.toLowerCase() ?? "";
      perform(socket, script.rcpt?.[email] ?? script.rcpt?.["*"] ?? { say: "250 2.1.5 recipient taken\r\n" });
      return false;
    }
    case "DATA":
      perform(socket, script.data ?? { say: "354 go on\r\n" });
      return script.data === undefined || (typeof script.data === "object" && script.data.say.startsWith("354"));
    case "QUIT":
      socket.end("221 bye\r\n");
      return false;
    default:
      socket.write("500 5.5.1 what?\r\n");
      return false;
  }
}

function perform(socket: Socket, action: FarAction): void {
  if (action === "silence") return;
  if (action === "cut") {
    socket.resetAndDestroy();
    return;
  }
  if (action === "flood") {
    const pour = (): void => {
      while (!socket.destroyed && socket.write("x".repeat(65_536)));
    };
    socket.on("drain", pour);
    pour();
    return;
  }
  socket.write(action.say, "latin1", () => {
    if (action.then === "cut") socket.resetAndDestroy();
  });
}
