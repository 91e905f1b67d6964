import { createRoute } from "@hono/zod-openapi";
import { openEvidenceKey } from "../../../adapters/crypto/evidence-key.ts";
import { EvidenceKeys } from "../../../core/contract/evidence.ts";
import type { Api } from "../../api.ts";
import { json } from "../../openapi/parts.ts";

const route = createRoute({
  method: "get",
  path: "/.well-known/drafthook-evidence.json",
  operationId: "getEvidenceKeys",
  tags: ["System"],
  security: [],
  summary: "The key that evidence is signed with",
  description:
    "A set of public keys (RFC 7517, RFC 8037). Keep a copy: evidence is verified with it when this installation is gone.",
  responses: { 200: json(EvidenceKeys, "The keys.") },
});

/** GET /.well-known/drafthook-evidence.json */
export function getEvidenceKeys(app: Api): void {
  app.openapi(route, async (c) => {
    const secret = c.env.EVIDENCE_KEY_V1 ?? "";
    return c.json({ keys: secret === "" ? [] : [(await openEvidenceKey(secret)).key] }, 200);
  });
}
