import { z } from "zod";
import { EVIDENCE_FORMAT } from "../evidence/pack.ts";
import { ModeName, Timestamp } from "./common.ts";
import { LogBodies } from "./log.ts";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** A public key (RFC 8037). */
export const EvidenceKey = z
  .strictObject({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    x: Base64Url,
    kid: Base64Url.meta({ description: "The key's thumbprint (RFC 7638)." }),
    use: z.literal("sig"),
    alg: z.literal("EdDSA"),
  })
  .meta({ id: "EvidenceKey" });
export type EvidenceKey = z.infer<typeof EvidenceKey>;

/** `GET /.well-known/drafthook-evidence.json` (RFC 7517). */
export const EvidenceKeys = z
  .strictObject({
    keys: z.array(EvidenceKey).meta({ description: "Empty where this installation signs nothing." }),
  })
  .meta({ id: "EvidenceKeys" });
export type EvidenceKeys = z.infer<typeof EvidenceKeys>;

const ChainLink = z.strictObject({
  line: z.number().int().positive(),
  content: Sha256.nullable().meta({ description: "Null on lines from before there was a chain." }),
  chain: Sha256.nullable(),
});

const Line = z.strictObject({
  line: z.number().int().positive(),
  content: z.record(z.string(), z.unknown()).nullable().meta({
    description: "What the log says of it, long texts by their hashes; null where that is no longer kept.",
  }),
  text: z.string().nullable().meta({ description: "Of a message its text; null otherwise, or when it is gone." }),
  bodies: LogBodies.nullable().meta({
    description: "Of an exchange what crossed the wire; null otherwise, or when it is no longer kept.",
  }),
});

/** Everything that is known of one sent message, to be verified without us (docs/evidence.md). */
export const Evidence = z
  .strictObject({
    format: z.literal(EVIDENCE_FORMAT),
    madeAt: Timestamp,
    madeBy: z.string().meta({ description: "The installation's address." }),
    about: z.strictObject({
      messageId: z.string(),
      enrollmentId: z.string(),
      tenantId: z.string(),
      mode: ModeName,
      cadenceId: z.string(),
      version: z.number().int(),
    }),
    chain: z.array(ChainLink).meta({ description: "Every line of the enrollment's log, from the first on." }),
    end: z
      .strictObject({
        line: z.number().int(),
        chain: Sha256.nullable(),
        from: z.enum(["object", "log"]).meta({
          description: "Who says where the chain ends: the enrollment itself, or the log once that was emptied.",
        }),
      })
      .meta({ description: "The last line there is." }),
    lines: z.array(Line).meta({ description: "The lines about this message, in full." }),
    payload: z.string().nullable().meta({
      description:
        "The bytes as they were handed to the mail provider, with the raw message in them; null when they are no longer kept.",
    }),
    sha256: Sha256.meta({ description: "Of all of this but itself and the signature, as canonical JSON (RFC 8785)." }),
    signature: z
      .strictObject({ key: EvidenceKey, value: Base64Url })
      .nullable()
      .meta({ description: "Ed25519; null where this installation signs nothing." }),
  })
  .meta({ id: "Evidence" });
export type Evidence = z.infer<typeof Evidence>;
