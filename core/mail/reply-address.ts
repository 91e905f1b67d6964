import type { InboundMail } from "./inbound.ts";

/** Where a token was found. Only `envelope_to` was said by the delivering server; all others are headers anyone can write. */
export type ReplyTokenPlace = "envelope_to" | "delivered_to" | "to" | "cc" | "x_original_to" | "returned_headers";

/** A reply token that looks right. Nothing is proven until `verifyMac` says so. */
export interface ReplyToken {
  /** One character `a`–`z` or `0`–`9`: which key made the MAC. */
  readonly kid: string;
  /** 80 bits as 16 characters of base32 in lower case. */
  readonly idBase32: string;
  readonly macBase32: string;
  /** `enr_` and the id part. */
  readonly enrollmentId: string;
  /** Domain of the address that carried it, in lower case; empty for a returned header that was cut. */
  readonly domain: string;
  readonly place: ReplyTokenPlace;
}

/** `r<kid><id><mac>@<domain>`: what a recipient answers to. 34 characters before the `@`. */
export function formatReplyAddress(parts: {
  readonly kid: string;
  readonly idBase32: string;
  readonly macBase32: string;
  readonly domain: string;
}): string {
  return `r${parts.kid}${parts.idBase32}${parts.macBase32}@${parts.domain}`;
}

/**
 * The reply tokens in the addresses of a mail, each once, the most trustworthy place first: envelope, Delivered-To, To,
 * Cc, X-Original-To, then the headers that a bounce returned. Accepts `local+<token>@` and any case. At most ten, because
 * each one costs its finder a MAC.
 */
export function findReplyTokens(mail: InboundMail): ReplyToken[] {
  const places: readonly (readonly [ReplyTokenPlace, readonly string[]])[] = [
    ["envelope_to", [mail.envelopeTo]],
    ["delivered_to", mail.headers["delivered-to"] ?? []],
    ["to", mail.to.map((address) => address.email)],
    ["cc", mail.cc.map((address) => address.email)],
    ["x_original_to", mail.headers["x-original-to"] ?? []],
    ["returned_headers", mail.returnedHeaders === null ? [] : [mail.returnedHeaders]],
  ];
  const found = new Map<string, ReplyToken>();
  for (const [place, texts] of places) {
    for (const text of texts) {
      for (const match of text.toLowerCase().matchAll(TOKEN_ADDRESS)) {
        const token = toToken(match, place);
        const key = token.kid + token.idBase32 + token.macBase32;
        if (!found.has(key)) found.set(key, token);
        if (found.size === TOKENS_MAX) return [...found.values()];
      }
    }
  }
  return [...found.values()];
}

/** Bytes as base32 (RFC 4648 section 6), lower case, without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff; // at most 4 bits are left over from before
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32.charAt((buffer >> bits) & 31);
    }
  }
  return bits === 0 ? text : text + BASE32.charAt((buffer << (5 - bits)) & 31);
}

/** The bytes of an unpadded base32 text of any case; null where it is none, or where left-over bits are not zero. */
export function decodeBase32(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text.toLowerCase()) {
    const value = BASE32.indexOf(character);
    if (value === -1) return null;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 255);
    }
  }
  const leftOver = buffer & ((1 << bits) - 1);
  return bits >= 5 || leftOver !== 0 ? null : Uint8Array.from(bytes);
}

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
const TOKENS_MAX = 10;

/** The character before must be none that a longer local part could end in, except the `+` of a sub-address. */
const TOKEN_ADDRESS = /(?<![a-z0-9._-])r([a-z0-9])([a-z2-7]{16})([a-z2-7]{16})@([a-z0-9.-]{0,253})/g;

function toToken(match: RegExpExecArray, place: ReplyTokenPlace): ReplyToken {
  const [, kid = "", idBase32 = "", macBase32 = "", domain = ""] = match;
  return { kid, idBase32, macBase32, enrollmentId: `enr_${idBase32}`, domain, place };
}
