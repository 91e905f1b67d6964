import { z } from "zod";
import type { LinkedinProfile, ProfileResult } from "../../core/linkedin/provider.ts";
import { fullName, standingOf } from "./unipile-account.ts";
import { judgeUnipileFault, type UnipileFault } from "./unipile-answer.ts";
import { type AskUnipile, PROFILE_BYTES_MAX, pathTo } from "./unipile-api.ts";

const Profile = z.object({
  object: z.literal("UserProfile"),
  provider_id: z.string().min(1).max(200),
  is_self: z.boolean().nullish().catch(null),
  public_identifier: z.string().min(1).max(500).nullish().catch(null),
  first_name: z.string().nullish().catch(null),
  last_name: z.string().nullish().catch(null),
  network_distance: z.string().nullish().catch(null),
  is_relationship: z.boolean().nullish().catch(null),
  invitation: z.object({ type: z.string(), status: z.string() }).nullish().catch(null),
});

/** What stands in the place of a person in the API's own paths; people may be called so, and can't be asked for. */
const TAKEN: ReadonlySet<string> = new Set(["me", "relations", "invite", "followers", "following"]);

/** A person, by the last part of their profile's URL or by their profile id. */
export async function findUnipileProfile(
  ask: AskUnipile,
  accountId: string,
  identifier: string,
): Promise<ProfileResult> {
  if (TAKEN.has(identifier))
    return { kind: "unreachable", detail: `Unipile can't be asked for somebody called ${identifier}` };
  const outcome = await ask({
    path: pathTo(["users", identifier], { account_id: accountId }),
    answerBytesMax: PROFILE_BYTES_MAX,
  });
  if (outcome.kind !== "answered") return { kind: "failed", detail: outcome.detail, retryAfterMs: null };
  const { answer, body } = outcome;
  const profile = Profile.safeParse(body);
  if (answer.status === 200 && profile.success)
    return profile.data.is_self === true
      ? { kind: "unreachable", detail: "this is the account's own profile" }
      : { kind: "found", profile: profileOf(profile.data) };
  const fault = judgeUnipileFault(answer, body);
  return fault.code === "resource_not_found"
    ? notFound(ask, accountId, fault)
    : withoutProfile(fault, answer.status === 400 && fault.code === "invalid_parameters");
}

function profileOf(data: z.infer<typeof Profile>): LinkedinProfile {
  const { network_distance: distance, invitation } = data;
  return {
    profileId: data.provider_id,
    publicId: data.public_identifier ?? null,
    name: fullName(data.first_name, data.last_name),
    isConnected:
      distance === null || distance === undefined ? data.is_relationship === true : distance === "FIRST_DEGREE",
    isInvited:
      invitation === null || invitation === undefined
        ? null
        : invitation.type === "SENT" && invitation.status === "PENDING",
  };
}

/** The same kind of error is said of an account that they don't have: a lead must not be given up for that. */
async function notFound(ask: AskUnipile, accountId: string, { detail }: UnipileFault): Promise<ProfileResult> {
  const standing = await standingOf(ask, accountId);
  if (standing.kind === "account") return { kind: "account", trouble: standing.trouble };
  return standing.kind === "ok"
    ? { kind: "unreachable", detail }
    : { kind: "failed", detail: standing.detail, retryAfterMs: null };
}

/** A person whom the account may not see is out of its reach, too. */
function withoutProfile(fault: UnipileFault, isBadIdentifier: boolean): ProfileResult {
  const { detail } = fault;
  if (fault.kind === "account") return { kind: "account", trouble: fault.trouble };
  const isOutOfReach = fault.kind === "refused" && fault.scope === "recipient";
  if (isOutOfReach || isBadIdentifier || fault.code === "resource_access_restricted")
    return { kind: "unreachable", detail };
  return { kind: "failed", detail, retryAfterMs: fault.kind === "too_early" ? fault.retryAfterMs : null };
}
