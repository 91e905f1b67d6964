import { generateKeyPairSync, type KeyPairKeyObjectResult, randomBytes, sign } from "node:crypto";

/** PEM texts for a TLS server on this machine. */
export interface SelfSignedCertificate {
  readonly key: string;
  readonly cert: string;
}

/** A fresh certificate for `host`, good for a day either way, so that no private key lies in the repository. */
export function makeSelfSignedCertificate(host: string): SelfSignedCertificate {
  const now = Date.now();
  return selfSign(host, generateKeyPairSync("ec", { namedCurve: "P-256" }), ECDSA_WITH_SHA256, [
    now - DAY_MS,
    now + DAY_MS,
  ]);
}

/** The same with an RSA key; `from` and `to` are in milliseconds since the epoch, both before 2050. */
export function makeRsaCertificate(host: string, from: number, to: number): SelfSignedCertificate {
  return selfSign(host, generateKeyPairSync("rsa", { modulusLength: 2048 }), RSA_WITH_SHA256, [from, to]);
}

function selfSign(
  host: string,
  { privateKey, publicKey }: KeyPairKeyObjectResult,
  algorithm: Buffer,
  validity: readonly [number, number],
): SelfSignedCertificate {
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(host)))));
  const names = sequence(SUBJECT_ALT_NAME, der(0x04, sequence(der(0x82, Buffer.from(host)))));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    sequence(...validity.map(utcTime)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(names)),
  );
  const certificate = sequence(body, algorithm, der(0x03, Buffer.from([0]), sign("sha256", body, privateKey)));
  const lines = certificate.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = sequence(der(0x06, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2])));
const RSA_WITH_SHA256 = sequence(
  der(0x06, Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11])),
  der(0x05, Buffer.from([])),
);
const COMMON_NAME = der(0x06, Buffer.from([0x55, 4, 3]));
const SUBJECT_ALT_NAME = der(0x06, Buffer.from([0x55, 0x1d, 0x11]));

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(0x30, ...parts);
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function utcTime(at: number): Buffer {
  return der(0x17, Buffer.from(new Date(at).toISOString().replace(/^\d\d|[-:T]|\.\d+/g, ""), "ascii"));
}
