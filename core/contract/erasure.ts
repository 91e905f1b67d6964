import { z } from "zod";
import { findAddressProblem } from "../mail/header-safety.ts";
import { ModeName, Timestamp } from "./common.ts";
import { pageOf } from "./paging.ts";

const erasureId = z.string().meta({ example: "ers_mzxw6ytboi2gk3tu" });
const count = (description: string) => z.number().int().meta({ description });

const Address = z
  .string()
  .superRefine((email, context) => {
    const problem = findAddressProblem("email", email);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  })
  .meta({ description: "The person's.", example: "jane@example.com" });

/** `POST /v1/erasures` */
export const ErasePerson = z.strictObject({ email: Address }).meta({ id: "ErasePerson" });

/** That somebody was erased: the address itself is nowhere. */
export const Erasure = z
  .strictObject({
    id: erasureId,
    mode: ModeName,
    hash: z.string().meta({
      description:
        "HMAC-SHA256 of the tenant and the address, in hex, under a key that only this installation has: the same for the same person each time, and no way back to the address.",
    }),
    erasedAt: Timestamp,
  })
  .meta({ id: "Erasure" });
export type Erasure = z.infer<typeof Erasure>;
export const ErasurePage = pageOf(Erasure).meta({ id: "ErasurePage" });

/** The answer to `POST /v1/erasures`. */
export const ErasureReport = z
  .strictObject({
    erasure: Erasure,
    state: z
      .enum(["done", "going_on"])
      .meta({ description: "`going_on`: there is much of it; nothing is sent any more, the rest goes in minutes." }),
    removed: z.strictObject({
      enrollments: count("Ended at once; their rows stay as counts, without the person."),
      messages: count("The same: that one was sent, and when, stays; not what, nor to whom."),
      logLines: count("The same: times, sizes, hashes and outcomes stay."),
      inboundMails: count("Deleted, with their bytes."),
      storedBodies: count("Objects of R2, deleted."),
      sandboxMails: count("Deleted."),
      suppressions: count("Deleted: the erasure takes their place."),
    }),
    otherAddresses: z.array(z.string()).nullable().meta({
      description:
        "Addresses that the same leads had before or have now. They can't be enrolled either; to erase what is stored under them elsewhere, ask for each. Shown once: null in a repeat.",
    }),
  })
  .meta({ id: "ErasureReport" });
export type ErasureReport = z.infer<typeof ErasureReport>;
