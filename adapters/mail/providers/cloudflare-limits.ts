import { utf8Bytes } from "../../../core/utf8.ts";

/** What Email Service refuses, by the code that it would give, and a sentence. */
export interface CloudflareRefusal {
  readonly code: string;
  readonly detail: string;
}

/** The part of a message that Email Service has limits for. */
export interface CloudflareMessage {
  readonly recipients: number;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Email Service's own rules (its pages "Email headers" and "Limits", read in November 2026), checked before the binding
 * is asked, since the local simulator accepts what the real one refuses. Null when nothing stands against the message.
 */
export function findCloudflareRefusal(message: CloudflareMessage): CloudflareRefusal | null {
  if (message.recipients > 50)
    return refusal("E_TOO_MANY_RECIPIENTS", `${message.recipients} recipients, 50 are allowed`);
  if (message.subject.length > 998)
    return refusal("E_VALIDATION_ERROR", `the subject has ${message.subject.length} characters, 998 are allowed`);
  // As a floor: what encoding adds is theirs to count.
  const bodyBytes = utf8Bytes(message.text) + utf8Bytes(message.html ?? "");
  if (bodyBytes > 5 * 1024 * 1024)
    return refusal("E_CONTENT_TOO_LARGE", `the body has ${bodyBytes} bytes, 5 MiB are allowed`);
  return findHeaderRefusal(message.headers);
}

function findHeaderRefusal(headers: CloudflareMessage["headers"]): CloudflareRefusal | null {
  const entries = Object.entries(headers);
  for (const [name, value] of entries) {
    const refused = checkHeader(name, value) ?? checkValue(name.toLowerCase(), value, headers);
    if (refused !== null) return refused;
  }
  const listed = entries.filter(([name]) => !isExtension(name)).length;
  if (listed > 20) return refusal("E_HEADERS_TOO_MANY", `${listed} headers that are not X-*, 20 are allowed`);
  const bytes = entries.reduce((sum, [name, value]) => sum + utf8Bytes(name) + utf8Bytes(value) + 4, 0);
  return bytes > 16 * 1024
    ? refusal("E_HEADERS_TOO_LARGE", `the headers have ${bytes} bytes, 16 KiB are allowed`)
    : null;
}

/** The allow-list as far as an `OutgoingMail` can reach it, in lower case. */
const LISTED: ReadonlySet<string> = new Set([
  "in-reply-to",
  "references",
  "list-unsubscribe",
  "list-unsubscribe-post",
  "list-id",
  "list-archive",
  "list-help",
  "list-owner",
  "list-post",
  "list-subscribe",
  "precedence",
  "auto-submitted",
]);

const API_FIELDS: ReadonlySet<string> = new Set(["from", "to", "cc", "bcc", "subject", "reply-to"]);

function checkHeader(name: string, value: string): CloudflareRefusal | null {
  const lower = name.toLowerCase();
  if (API_FIELDS.has(lower)) return refusal("E_HEADER_USE_API_FIELD", `${name} has a field of its own`);
  if (name.length > 100 || !/^(?:x-[a-z0-9_-]+|[a-z0-9-]+)$/u.test(lower))
    return refusal("E_HEADER_NAME_INVALID", `${name} is no header name`);
  if (!isExtension(name) && !LISTED.has(lower))
    return refusal("E_HEADER_NOT_ALLOWED", `${name} is not on the list of headers that may be set`);
  if (value.trim() === "") return refusal("E_HEADER_VALUE_INVALID", `${name} is empty`);
  const bytes = utf8Bytes(value);
  return bytes > 2_048 ? refusal("E_HEADER_VALUE_TOO_LONG", `${name} has ${bytes} bytes, 2,048 are allowed`) : null;
}

function checkValue(lower: string, value: string, headers: CloudflareMessage["headers"]): CloudflareRefusal | null {
  switch (lower) {
    case "list-unsubscribe":
      return /^\s*<(?:https:\/\/|mailto:)[^<>\s]+>(?:\s*,\s*<(?:https:\/\/|mailto:)[^<>\s]+>)*\s*$/iu.test(value)
        ? null
        : refusal("E_HEADER_VALUE_INVALID", "List-Unsubscribe takes <https:…> and <mailto:…> only");
    case "list-unsubscribe-post":
      return value === "List-Unsubscribe=One-Click" && hasHttpsUnsubscribe(headers)
        ? null
        : refusal(
            "E_HEADER_VALUE_INVALID",
            "List-Unsubscribe-Post is List-Unsubscribe=One-Click, beside a List-Unsubscribe with <https:…>",
          );
    case "precedence":
      return oneOf("Precedence", value, ["bulk", "list", "junk"]);
    case "auto-submitted":
      return oneOf("Auto-Submitted", value, ["auto-generated", "auto-replied", "auto-notified"]);
    default:
      return null;
  }
}

function oneOf(name: string, value: string, allowed: readonly string[]): CloudflareRefusal | null {
  return allowed.includes(value) ? null : refusal("E_HEADER_VALUE_INVALID", `${name} is one of ${allowed.join(", ")}`);
}

function hasHttpsUnsubscribe(headers: CloudflareMessage["headers"]): boolean {
  return Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === "list-unsubscribe" && /<https:/iu.test(value),
  );
}

function isExtension(name: string): boolean {
  return name.toLowerCase().startsWith("x-");
}

function refusal(code: string, detail: string): CloudflareRefusal {
  return { code, detail };
}
