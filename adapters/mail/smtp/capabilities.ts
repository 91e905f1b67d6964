import type { SmtpReply } from "./reply.ts";

/** What a server said it can do in its answer to EHLO. */
export interface SmtpCapabilities {
  readonly startTls: boolean;
  readonly eightBitMime: boolean;
  readonly smtpUtf8: boolean;
  /** Largest message in octets; null when the server sets or names no limit, `hasSize` when it knows the parameter. */
  readonly sizeMax: number | null;
  readonly hasSize: boolean;
  /** Upper case, such as PLAIN. */
  readonly authMechanisms: ReadonlySet<string>;
}

/** Reads the keyword lines of an EHLO reply (RFC 5321 section 4.1.1.1); the first line is a greeting. */
export function readCapabilities(reply: SmtpReply): SmtpCapabilities {
  const words = reply.lines.slice(1).map((line) => line.trim().toUpperCase().split(/\s+/u));
  const parameters = new Map(words.map(([keyword = "", ...rest]) => [keyword, rest]));
  // `AUTH=LOGIN PLAIN` is an old spelling that some servers still send beside or instead of `AUTH LOGIN PLAIN`.
  const mechanisms = words.flatMap(([keyword = "", ...rest]) =>
    keyword === "AUTH" ? rest : keyword.startsWith("AUTH=") ? [keyword.slice(5), ...rest] : [],
  );
  const size = Number(parameters.get("SIZE")?.[0] ?? 0);
  return {
    startTls: parameters.has("STARTTLS"),
    eightBitMime: parameters.has("8BITMIME"),
    smtpUtf8: parameters.has("SMTPUTF8"),
    sizeMax: Number.isSafeInteger(size) && size > 0 ? size : null,
    hasSize: parameters.has("SIZE"),
    authMechanisms: new Set(mechanisms),
  };
}
