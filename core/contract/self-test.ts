import { z } from "zod";
import { Timestamp } from "./common.ts";

/** What became of a mailbox's last test message to itself. */
export const SelfTest = z
  .strictObject({
    state: z.enum(["under_way", "arrived", "missing", "failed"]).meta({
      description:
        "`under_way`: the provider took it. `arrived`: it came in here. `missing`: it didn't within ten minutes. `failed`: the provider didn't take it.",
    }),
    sentAt: Timestamp,
    arrivedAt: Timestamp.nullable(),
    detail: z.string().meta({ description: "What happened, and what to do where it went wrong." }),
    keepsMessageId: z.boolean().nullable().meta({
      description: "Whether it came with the Message-ID that we had asked for; null until it came.",
    }),
    wireMessageId: z.string().nullable().meta({ description: "The Message-ID that it came with." }),
    dkim: z.string().nullable().meta({
      description: "What its signature says: `pass`, `fail`, `none`, `temperror`, `permerror`, `not_checked`.",
    }),
    dkimAligned: z.boolean().nullable().meta({ description: "Whether the sender's own domain signed it." }),
    lostHeaders: z.array(z.string()).meta({
      description:
        "Headers of ours that were missing or changed when it came: without References and In-Reply-To threads break, without List-Unsubscribe mail programs show no button.",
    }),
  })
  .meta({ id: "SelfTest" });
export type SelfTest = z.infer<typeof SelfTest>;
