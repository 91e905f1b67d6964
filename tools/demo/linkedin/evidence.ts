import type { z } from "zod";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import type { Local } from "../../local.ts";
import type { Api } from "../api.ts";
import { CAST, type Player } from "./cast.ts";
import type { Told } from "./customer.ts";
import { type Linkedin, profileIdOf, type Seen } from "./linkedin.ts";

/** What each side says of one lead. */
export interface PlayerEvidence {
  readonly player: Player;
  readonly enrollment: z.infer<typeof Enrollment>;
  readonly outcomes: readonly string[];
  readonly invitations: Seen["invitations"];
  readonly messages: Seen["messages"];
  readonly mails: number;
  /** What the customer's endpoint was told of them, by type. */
  readonly told: readonly Told[];
}

export async function gather(
  api: Api,
  { database }: Local,
  linkedins: readonly Linkedin[],
  ids: ReadonlyMap<string, string>,
  told: readonly Told[],
): Promise<readonly PlayerEvidence[]> {
  const seen = await Promise.all(linkedins.map((linkedin) => linkedin.seen()));
  return Promise.all(
    CAST.map(async (player) => {
      const id = ids.get(player.externalId) ?? "";
      const enrollment = await api.get(`/v1/enrollments/${id}`, Enrollment);
      const isTheirs = ({ profileId }: { readonly profileId: string }) => profileId === profileIdOf(player.publicId);
      const mails = await database
        .prepare("SELECT count(*) AS n FROM sandbox_mail WHERE enrollment_id = ?")
        .bind(id)
        .first<{ n: number }>();
      return {
        ...{ player, enrollment, mails: mails?.n ?? 0 },
        outcomes: enrollment.outcomes.map(({ outcome, reason }) =>
          outcome === "sent" ? outcome : `${outcome}: ${reason}`,
        ),
        invitations: seen.flatMap(({ invitations }) => invitations.filter(isTheirs)),
        messages: seen.flatMap(({ messages }) => messages.filter(isTheirs)),
        told: told.filter((news) => news.enrollment?.leadExternalId === player.externalId),
      };
    }),
  );
}
