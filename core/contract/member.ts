import { z } from "zod";
import { ROLES } from "../roles.ts";
import { SCOPES } from "../scope.ts";
import { ModeName, Timestamp } from "./common.ts";
import { pageOf } from "./paging.ts";

const RoleName = z.enum(ROLES).meta({
  id: "Role",
  description:
    "`viewer` reads everything. `operator` also writes enrollments, drafts, inbound mail and suppressions, and answers as the lead of test mail. `admin` may everything; `owner` too, and alone makes and removes owners.",
});

const email = z.email().max(254).meta({ example: "jane@example.com" });

/** A person of the tenant. */
export const Member = z
  .strictObject({
    id: z.string().meta({ example: "mem_mzxw6ytboi2gk3tu" }),
    personId: z.string().meta({ example: "usr_mzxw6ytboi2gk3tu" }),
    name: z.string(),
    email: z.string(),
    role: z.string().meta({ description: "See Role.", example: "operator" }),
    createdAt: Timestamp,
  })
  .meta({ id: "Member" });
export type Member = z.infer<typeof Member>;

export const MemberPage = pageOf(Member).meta({ id: "MemberPage" });

/** What becomes of the keys that a member made who goes, or may do less from now on. */
export const KeysChoice = z.enum(["revoke", "keep"]).meta({
  description:
    "What becomes of the API keys that they made, also by way of another key, as far as those may more than they may from now on: `revoke` them, or `keep` them for the tenant, which is right only if they have no copy. Needed where there are any.",
});
export type KeysChoice = z.infer<typeof KeysChoice>;

/** `PATCH /v1/members/{id}`. */
export const UpdateMember = z
  .strictObject({ role: RoleName, keys: KeysChoice.optional() })
  .meta({ id: "UpdateMember" });

/** `POST /v1/invitations`. */
export const CreateInvitation = z
  .strictObject({ email: email.meta({ description: "Whom to let in." }), role: RoleName })
  .meta({ id: "CreateInvitation" });

const INVITATION = {
  id: z.string().meta({ example: "inv_mzxw6ytboi2gk3tu" }),
  email: z.string(),
  role: z.string().meta({ description: "See Role.", example: "operator" }),
  status: z.enum(["pending", "accepted", "revoked", "expired"]),
  invitedBy: z.string().meta({ description: "A person's id or a key's." }),
  createdAt: Timestamp,
  expiresAt: Timestamp,
};

export const Invitation = z.strictObject(INVITATION).meta({ id: "Invitation" });
export type Invitation = z.infer<typeof Invitation>;

export const InvitationPage = pageOf(Invitation).meta({ id: "InvitationPage" });

/** The one answer that may hold the link. */
export const InvitationCreated = z
  .strictObject({
    ...INVITATION,
    link: z.string().nullable().meta({
      description:
        "To be given to the person, shown this once. Null when it was sent to them by e-mail, and in a repeated answer.",
    }),
    code: z
      .literal("secret_already_shown")
      .optional()
      .meta({ description: "Only in an answer repeated by its Idempotency-Key." }),
  })
  .meta({ id: "InvitationCreated" });

const tenant = z.strictObject({ id: z.string().meta({ example: "ten_mzxw6ytboi2gk3tu" }), name: z.string() });

/** `GET /v1/me`. */
export const Me = z
  .strictObject({
    actor: z.union([
      z.strictObject({ kind: z.literal("key"), id: z.string(), name: z.string(), last4: z.string() }),
      z.strictObject({ kind: z.literal("person"), id: z.string(), email: z.string(), role: RoleName }),
    ]),
    tenant,
    mode: ModeName,
    scopes: z.array(z.enum(SCOPES)).nullable().meta({ description: "Null: everything, also what there will be." }),
    tenants: z
      .array(tenant.extend({ role: z.string() }))
      .meta({ description: "Of a person: where they are a member. Empty for a key." }),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;
