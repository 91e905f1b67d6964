/** The octets between DATA and the final dot, and the final dot (RFC 5321 section 4.5.2), kept apart: see `dialogue.ts`. */
export interface MessageData {
  readonly body: Uint8Array;
  readonly finalDot: Uint8Array;
}

/**
 * Every line ends in CRLF and a leading dot is doubled. A bare CR or LF would let a body carry a second message past a
 * server that takes it for a line end ("SMTP smuggling").
 */
export function encodeMessageData(raw: string): MessageData {
  const lines = raw.replace(/\r\n|\r|\n/gu, "\r\n").replace(/(^|\r\n)\./gu, "$1..");
  const closed = lines === "" || lines.endsWith("\r\n") ? lines : `${lines}\r\n`;
  const encoder = new TextEncoder();
  return { body: encoder.encode(closed), finalDot: encoder.encode(".\r\n") };
}
