/** A key pair of a domain, and what its TXT record says. */
export interface DkimKey {
  readonly algorithm: "rsa" | "ed25519";
  readonly privateKey: CryptoKey;
  readonly record: string;
}

export interface SignOptions {
  readonly domain?: string;
  readonly selector?: string;
  readonly headerForm?: "simple" | "relaxed";
  readonly bodyForm?: "simple" | "relaxed";
  /** h=, as it is to be written. */
  readonly names?: string;
  /** More tags, each with its `;`. */
  readonly tags?: string;
  /** Signs only so many bytes of the canonical body, and says so. */
  readonly bodyBytes?: number;
}

/** A fresh key pair. */
export async function makeKey(algorithm: DkimKey["algorithm"], rsaBits = 2048): Promise<DkimKey> {
  const pair = (await crypto.subtle.generateKey(
    algorithm === "rsa"
      ? {
          name: "RSASSA-PKCS1-v1_5",
          hash: "SHA-256",
          modulusLength: rsaBits,
          publicExponent: Uint8Array.from([1, 0, 1]),
        }
      : { name: "Ed25519" },
    true,
    ["sign", "verify"],
  )) as CryptoKeyPair;
  const format = algorithm === "rsa" ? "spki" : "raw";
  const publicKey = base64((await crypto.subtle.exportKey(format, pair.publicKey)) as ArrayBuffer);
  return { algorithm, privateKey: pair.privateKey, record: `v=DKIM1; k=${algorithm}; p=${publicKey}` };
}

/**
 * The mail (ASCII, CRLF line ends) with a DKIM-Signature on top. Written by the RFC with regular expressions and nothing
 * of the code under test, so that both would have to be wrong in the same way.
 */
export async function signMail(mail: string, key: DkimKey, options: SignOptions = {}): Promise<string> {
  const { domain = "lead.example", selector = "s1", headerForm = "relaxed", bodyForm = "relaxed" } = options;
  const { names = "From:To:Subject:Message-ID:Date:In-Reply-To", tags = "", bodyBytes } = options;
  const border = mail.indexOf("\r\n\r\n");
  const fields = mail.slice(0, border).split(/\r\n(?![ \t])/);
  const body = canonicalBody(mail.slice(border + 4), bodyForm);
  const bodyHash = base64(await sha256(body.slice(0, bodyBytes)));
  const limit = bodyBytes === undefined ? "" : ` l=${bodyBytes};`;
  const unsigned =
    `DKIM-Signature: v=1; a=${key.algorithm}-sha256; c=${headerForm}/${bodyForm};\r\n d=${domain}; s=${selector};${limit}${tags}\r\n` +
    `\th=${names};\r\n bh=${bodyHash};\r\n b=`;
  const used = new Map<string, number>();
  const lines = names.split(":").flatMap((written) => {
    const name = written.trim().toLowerCase();
    const same = fields.filter((field) => field.split(":")[0]?.trim().toLowerCase() === name);
    const index = same.length - 1 - (used.get(name) ?? 0);
    used.set(name, (used.get(name) ?? 0) + 1);
    return same[index] === undefined ? [] : [`${canonicalField(same[index], headerForm)}\r\n`];
  });
  const data = new TextEncoder().encode(lines.join("") + canonicalField(unsigned, headerForm));
  const signature =
    key.algorithm === "rsa"
      ? await crypto.subtle.sign("RSASSA-PKCS1-v1_5", key.privateKey, data)
      : await crypto.subtle.sign("Ed25519", key.privateKey, await crypto.subtle.digest("SHA-256", data));
  const folded = base64(signature).replace(/.{70}/g, "$&\r\n ");
  return `${unsigned}${folded}\r\n${mail}`;
}

function canonicalField(field: string, form: "simple" | "relaxed"): string {
  if (form === "simple") return field;
  const [, name = "", value = ""] = /^([^:]*):([\s\S]*)$/.exec(field) ?? [];
  return `${name.trim().toLowerCase()}:${value
    .replaceAll("\r\n", "")
    .replace(/[ \t]+/g, " ")
    .trim()}`;
}

function canonicalBody(body: string, form: "simple" | "relaxed"): string {
  const lines = body.split("\r\n");
  const reduced = form === "simple" ? lines : lines.map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  while (reduced.at(-1) === "") reduced.pop();
  if (reduced.length === 0) return form === "simple" ? "\r\n" : "";
  return `${reduced.join("\r\n")}\r\n`;
}

async function sha256(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}

function base64(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)));
}
