import { z } from "zod";
import { isTimeZone } from "../schedule.ts";
import { ModeName, Timestamp } from "./common.ts";
import { LINKEDIN_ACTS_PER_DAY_MAX, WITHDRAW_AFTER_DAYS_MAX } from "./limits.ts";
import { Invitations, InvitationsWish, Messages, MessagesWish } from "./linkedin-pace.ts";
import { pageOf } from "./paging.ts";
import { SendingWindows } from "./sending-times.ts";
import { headerText } from "./text.ts";

/** The header by which a provider's webhooks prove themselves: they are static, and v1 of Unipile signs nothing. */
export const HOOK_HEADER = "x-drafthook-secret";

/** When an account acts, unless it says otherwise. */
const WORKING_HOURS: z.infer<typeof SendingWindows> = [
  { days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "19:00" },
];

const name = headerText(200).meta({ description: "For lists; nobody on LinkedIn sees it.", example: "Jane's account" });
const plan = z.enum(["free", "paid"]).meta({
  description:
    "What LinkedIn lets the account do: with an invitation a paid one may send a note of 300 characters, a free one 200, and about five such notes a month. The defaults of `invitations` go by it.",
});
const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: "must be an IANA time zone, such as Europe/Zurich" })
  .nullable()
  .meta({
    description: "`workingHours` are by its clock, and days are counted by it. Null: the tenant's.",
    example: "Europe/Zurich",
  });
const workingHours = SendingWindows.meta({
  description: "When the account acts, by its own clock and besides the cadence's windows. Empty: at any hour.",
});
const profileViewsPerDay = z.number().int().min(1).max(LINKEDIN_ACTS_PER_DAY_MAX).meta({
  description: "Profiles that are looked up a calendar day: once for each lead, before the first step.",
  example: 100,
});
const withdrawAfterDays = z
  .number()
  .int()
  .min(1, { error: "must be 1 or more; null withdraws none" })
  .max(WITHDRAW_AFTER_DAYS_MAX)
  .nullable()
  .meta({
    description: "An invitation that nobody has answered is withdrawn after so many days. Null: it stays open.",
    example: 21,
  });
const isDefault = z.boolean().meta({
  description: "Acts where neither the enrollment nor the cadence names an account. There is one in each mode.",
});

const unipile = {
  apiUrl: z.string().min(1).max(2_000).meta({
    description:
      "Where your Unipile is: its DSN (`api8.unipile.com:13851`), or a URL with the path under which the API is. https only.",
    example: "api8.unipile.com:13851",
  }),
  accountId: z
    .string()
    .regex(/^[!-~]{1,200}$/, { error: "must be the id that Unipile has for the account, without a space" })
    .meta({ description: "The id of the LinkedIn account at Unipile.", example: "t5XY4yQzR9WVrlNFyzPMhw" }),
  apiKey: z
    .string()
    .regex(/^[!-~]{1,500}$/, { error: "must be 1 to 500 printable characters of ASCII, without a space" })
    .meta({ description: "An access token of Unipile. Write-only, kept sealed.", writeOnly: true }),
};

const account = {
  name,
  isDefault: isDefault.optional().meta({ description: "When left out: true for the first account of its mode." }),
  plan: plan.default("paid"),
  timeZone: timeZone.default(null),
  workingHours: workingHours.default(WORKING_HOURS),
  invitations: InvitationsWish.default({}),
  messages: MessagesWish.default({}),
  profileViewsPerDay: profileViewsPerDay.default(100),
  withdrawAfterDays: withdrawAfterDays.default(21),
};

/** `POST /v1/linkedin-accounts`. */
export const CreateLinkedinAccount = z
  .discriminatedUnion("provider", [
    z.strictObject({ provider: z.literal("unipile"), ...account, unipile: z.strictObject(unipile) }).meta({
      description:
        "Unipile acts for the account, by version 1 of its API. It recognises no repeats, so a doubtful act is looked up before anything else.",
    }),
    z
      .strictObject({ provider: z.literal("manual"), ...account })
      .meta({ description: "A person acts: each step becomes a task with the words to copy." }),
  ])
  .meta({ id: "CreateLinkedinAccount" });
export type CreateLinkedinAccount = z.infer<typeof CreateLinkedinAccount>;

/** `PATCH /v1/linkedin-accounts/:id`: what is left out stays. The provider can't be changed. */
export const UpdateLinkedinAccount = z
  .strictObject({
    name,
    isDefault: z
      .literal(true, { error: "can only be set to true: make another account the default instead" })
      .meta({ description: "Makes it the default in place of the one before." }),
    enabled: z.boolean().meta({ description: "false stops it; true also wakes what waited." }),
    plan,
    timeZone,
    workingHours,
    invitations: InvitationsWish,
    messages: MessagesWish,
    profileViewsPerDay,
    withdrawAfterDays,
    unipile: z
      .strictObject(unipile)
      .partial()
      .meta({ description: "What is left out stays; another `apiUrl` must come with an `apiKey`." }),
  })
  .partial()
  .meta({ id: "UpdateLinkedinAccount" });
export type UpdateLinkedinAccount = z.infer<typeof UpdateLinkedinAccount>;

const SHOWN = {
  id: z.string().meta({ example: "lia_mzxw6ytboi2gk3tu" }),
  mode: ModeName,
  name: z.string(),
  provider: z.enum(["unipile", "manual"]),
  unipile: z
    .strictObject({ apiUrl: z.string(), accountId: z.string() })
    .nullable()
    .meta({ description: "Null where a person acts." }),
  isDefault,
  enabled: z.boolean(),
  pausedReason: z.string().nullable().meta({
    description:
      "Why it was switched off by itself: the provider has lost the account, or LinkedIn has restricted it. `enabled: true` switches it on again. Null when a person did it, or nobody.",
  }),
  state: z.enum(["ok", "disconnected", "restricted", "unknown"]).meta({
    description:
      "What the provider last said of the account; `unknown` before it has said anything, and where a person acts.",
  }),
  stateAt: Timestamp.nullable().meta({ description: "When it said so." }),
  plan,
  timeZone,
  workingHours,
  invitations: Invitations,
  messages: Messages,
  profileViewsPerDay,
  withdrawAfterDays,
  restUntil: z
    .strictObject({ invitations: Timestamp.nullable(), messages: Timestamp.nullable() })
    .meta({ description: "LinkedIn has said that it is enough for now: until then none of these leaves." }),
  hookUrl: z.string().nullable().meta({
    description:
      "Where the provider tells of messages, accepted invitations and the account's state: save it there as a webhook for each of these, with the header of `hookHeader`. Null where a person acts.",
    example: "https://drafthook.example.com/linkedin-hooks/lia_mzxw6ytboi2gk3tu",
  }),
  hookHeader: z
    .strictObject({ name: z.literal(HOOK_HEADER) })
    .nullable()
    .meta({
      description: "Its value is the `hookSecret` that was shown when the account was made, or when that was rotated.",
    }),
  createdAt: Timestamp,
  updatedAt: Timestamp,
};

/** A LinkedIn account. Its API key is never shown, and what its webhooks carry only once. */
export const LinkedinAccount = z.strictObject(SHOWN).meta({ id: "LinkedinAccount" });
export type LinkedinAccount = z.infer<typeof LinkedinAccount>;

/** The answers that show what webhooks carry: to making an account, and to rotating it. */
export const LinkedinAccountWithSecret = z
  .strictObject({
    ...SHOWN,
    hookSecret: z.string().nullable().meta({
      description:
        "The value of `hookHeader` in each webhook. Shown this once; null in a repeated answer, and where a person acts.",
    }),
    code: z
      .literal("secret_already_shown")
      .optional()
      .meta({ description: "Only in an answer repeated by its Idempotency-Key." }),
  })
  .meta({ id: "LinkedinAccountWithSecret" });

/** What came of asking the provider how an account stands. */
export const LinkedinCheck = z
  .strictObject({
    verdict: z.enum(["ok", "disconnected", "restricted", "no_answer"]).meta({
      description: "`no_answer`: the provider couldn't be asked, or said something else; nothing was changed.",
    }),
    owner: z.string().nullable().meta({ description: "Whose account it is, where the provider says so." }),
    detail: z.string().nullable().meta({ description: "The provider's words; null where all is well." }),
    account: LinkedinAccount,
  })
  .meta({ id: "LinkedinCheck" });
export type LinkedinCheck = z.infer<typeof LinkedinCheck>;

export const LinkedinAccountPage = pageOf(LinkedinAccount).meta({ id: "LinkedinAccountPage" });

/** What is stored of Unipile's side of an account; the key is sealed apart. */
export const StoredUnipile = z.object({ apiUrl: z.string(), accountId: z.string() });
export type StoredUnipile = z.infer<typeof StoredUnipile>;

/** Where the API is, by its URL or by a host and port as Unipile shows them. What is neither is judged as a URL later. */
export function unipileUrl(text: string): string {
  const url = /^[a-z0-9.-]+(?::\d{1,5})?$/i.test(text) ? `https://${text}` : text.replace(/\/+$/, "");
  return /^https?:\/\/[^/?#]+$/i.test(url) ? `${url}/api/v1` : url;
}
