import { z } from "zod";
import { findSandboxMail, type SandboxMailRow } from "../../../adapters/d1/sandbox-mail.ts";
import type { ApiContext } from "../../api.ts";
import { notFound, problem } from "../../problem.ts";

/** The `{sendKey}` of a sandbox message's routes. */
export const sendKeyParameter = z.object({ sendKey: z.string().meta({ description: "The message's send key." }) });

/** The message that is answered as its lead would; or the answer why not. Only test mail may be: nobody speaks for a real lead. */
export async function findAnswered(c: ApiContext, sendKey: string) {
  const tenant = c.get("tenant");
  const row = await findSandboxMail(tenant, sendKey);
  if (row === null) return { ok: false, no: notFound(c) } as const;
  if (tenant.mode !== "sandbox")
    return {
      ok: false,
      no: problem(
        c,
        "conflict",
        "Only a test key may act as a lead. This message belongs to live data: write to its Reply-To address instead.",
      ),
    } as const;
  return { ok: true, row } as const;
}

/** What of it an answer needs. */
export function answered(row: SandboxMailRow, now: number) {
  return { raw: row.raw, from: row.fromEmail, to: row.toEmail, subject: row.subject, now };
}
