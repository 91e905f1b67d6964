import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import type { Asked, Kind } from "./kind.ts";

type Answer = Kind["answer"];
type Bytes = string | Buffer;

/** Words that are never a valid answer: whoever finds them in a mail has found a bug. As JSON, and nothing wrong with that. */
export const POISON = '{"subject":"Poison","body":"POISON"}';

/** A valid answer. */
export function rightAnswer(asked: Asked, note = ""): string {
  return JSON.stringify({ subject: "Right", body: asked.right(note) });
}

/** Bytes as they are, and then: the connection stays, ends, or is reset. */
export function bytes(say: Bytes | ((asked: Asked) => Bytes), then: "stay" | "end" | "reset" = "stay"): Answer {
  return (socket, asked) => {
    const said = typeof say === "function" ? say(asked) : say;
    if (said.length === 0 && then === "stay") return;
    if (then === "end") socket.end(said);
    else if (then === "stay") socket.write(said);
    else if (said.length === 0) socket.resetAndDestroy();
    // A reset overtakes what was written; the other side shall have read it first.
    else socket.write(said, () => setTimeout(() => socket.resetAndDestroy(), 50));
  };
}

/** A whole response, with the right Content-Length unless a header says otherwise. The body is poison if not given. */
export function response(
  status: number,
  body: Bytes | ((asked: Asked) => Bytes) = POISON,
  headers: Readonly<Record<string, string>> | ((asked: Asked) => Readonly<Record<string, string>>) = {},
  then: "stay" | "end" = "stay",
): Answer {
  return bytes((asked) => {
    const content = Buffer.from(typeof body === "function" ? body(asked) : body);
    const given = typeof headers === "function" ? headers(asked) : headers;
    return Buffer.concat([head(status, { "Content-Length": String(content.length), ...given }), content]);
  }, then);
}

/** A status line and headers. */
export function head(status: number, headers: Readonly<Record<string, string>>): Buffer {
  const all = { "Content-Type": "application/json", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} Whatever\r\n${lines.join("")}\r\n`, "latin1");
}

/** What `first` says, and then one space a second for ever: white space doesn't make an answer wrong, only late. */
export function drip(first: Bytes): Answer {
  return (socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(" "), 1_000);
    socket.on("close", () => clearInterval(timer));
  };
}

/** Answers when it is due, in milliseconds since the epoch. */
export function atTime(dueAt: (asked: Asked) => number, answer: Answer): Answer {
  return (socket, asked) => {
    const timer = setTimeout(() => answer(socket, asked), dueAt(asked) - Date.now());
    socket.on("close", () => clearTimeout(timer));
  };
}

const MIB = 1024 * 1024;
const SPACES = Buffer.alloc(64 * 1024, " ");

/** A hundred MiB: poison, and white space behind it, so that whoever reads the first part and stops has a whole answer. */
export function hundredMib(): Answer {
  return (socket) => {
    let left = 100 * MIB;
    socket.write(Buffer.concat([head(200, { "Content-Length": String(left + POISON.length) }), Buffer.from(POISON)]));
    const pour = (): void => {
      while (left > 0 && !socket.destroyed) {
        left -= SPACES.length;
        if (!socket.write(SPACES)) return;
      }
    };
    socket.on("drain", pour);
    pour();
  };
}

/** 200 MiB decoded, and less than the cap of 256 KiB on the wire: a cap on what comes in would not see it. */
export function gzipBomb(): Answer {
  const bomb = gzipSync(Buffer.concat([Buffer.from(POISON), Buffer.alloc(200 * MIB, " ")]), { level: 9 });
  return response(200, bomb, { "Content-Encoding": "gzip" });
}

/** Two thousand headers of a kilobyte each before the body. */
export function headerBomb(): Answer {
  const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`X-Bomb-${at}`, "b".repeat(1_000)]));
  return response(200, POISON, many);
}

/** Well at one time, not at another. */
export function either(isWell: (asked: Asked) => boolean, well: Answer, ill: Answer): Answer {
  return (socket: Socket, asked: Asked) => (isWell(asked) ? well : ill)(socket, asked);
}
