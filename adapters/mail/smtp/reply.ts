/** One whole reply of an SMTP server (RFC 5321 section 4.2). `lines` are the texts after the code, first to last. */
export interface SmtpReply {
  /** 200 to 599. */
  readonly code: number;
  /** RFC 3463 status such as `5.1.1`, null when the server gives none. */
  readonly enhancedCode: string | null;
  readonly lines: readonly string[];
}

/** One line of a reply; null when the line is none. `last` is false on all lines of a reply but the last. */
export interface SmtpReplyLine {
  readonly code: number;
  readonly last: boolean;
  readonly text: string;
}

export function parseReplyLine(line: string): SmtpReplyLine | null {
  const match = /^([2-5][0-9]{2})(?:([ -])(.*))?$/su.exec(line);
  if (match === null) return null;
  return { code: Number(match[1]), last: match[2] !== "-", text: match[3] ?? "" };
}

export function makeReply(code: number, lines: readonly string[]): SmtpReply {
  const status = /^([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:\s|$)/u.exec(lines[0] ?? "")?.[1] ?? null;
  return { code, enhancedCode: status, lines };
}

/** The reply as one line for a log: code and texts, at most 500 characters, control characters made visible as `?`. */
export function showReply(reply: SmtpReply): string {
  const text = `${reply.code} ${reply.lines.join(" ")}`.replace(/\p{Cc}/gu, "?").trim();
  return text.length > 500 ? `${text.slice(0, 499)}…` : text;
}
