import { setTimeout as wait } from "node:timers/promises";
import { openApi } from "../api.ts";
import type { Verdict } from "../checks/checks.ts";
import { CAST, ENDINGS, type Player } from "./cast.ts";
import { judgeLinkedin } from "./checks.ts";
import { gather, type PlayerEvidence } from "./evidence.ts";
import { type Linkedin, profileIdOf } from "./linkedin.ts";
import { enrollCast, makeAccount, makeCadence } from "./set-up.ts";
import type { LinkedinStage } from "./stage.ts";
import { linkedinTable } from "./table.ts";

const PATIENCE_MS = 50_000;
const LOOK_EVERY_MS = 500;
/** Nothing more may come after the end, so we listen a while longer. */
const QUIET_MS = 2_000;
/** Eight hours in earnest. */
const LATE_MS = 3_000;

/** LinkedIn and mail in one cadence: sets up, lets people accept or not, prints what happened to whom, and judges it. */
export async function playLinkedin({
  local,
  linkedin,
  restricted,
  customer,
}: LinkedinStage): Promise<readonly Verdict[]> {
  const api = openApi(local.url, local.liveKey);
  const cadenceId = await makeCadence(api, customer.webhookUrl);
  const account = await makeAccount(api, "Åsa's account", linkedin);
  const other = await makeAccount(api, "An account in trouble", restricted);
  await restricted.order("account", { state: "restricted" });
  for (const { publicId } of playing("connected_already"))
    await linkedin.order("accept", { who: publicId, tells: "never" });
  console.log(`Drafthook: ${local.url}   drafter: ${customer.webhookUrl}   LinkedIn behind ${linkedin.apiUrl}`);
  console.log(`${CAST.length} leads: an invitation, a message once it is accepted, an e-mail.\n`);
  const ids = await enrollCast(api, cadenceId, ({ part }) => (part === "account_restricted" ? other : account));
  const people = new People(linkedin);
  const look = () => gather(api, local, [linkedin, restricted], ids, customer.told);
  const begunAt = Date.now();
  let evidence = await look();
  while (!evidence.every(isThere) && Date.now() - begunAt < PATIENCE_MS) {
    await people.act();
    await wait(LOOK_EVERY_MS);
    evidence = await look();
    const seconds = String(Math.round((Date.now() - begunAt) / 1000)).padStart(3);
    console.log(
      `${seconds} s  ${evidence.filter(isThere).length} of ${CAST.length} leads stand where their story ends`,
    );
  }
  const isOver = evidence.every(isThere);
  await wait(QUIET_MS);
  evidence = await look();
  console.log(`\n${linkedinTable(evidence)}\n`);
  const late = `after ${PATIENCE_MS / 1000} s not every lead stood where it should`;
  const inTime = { topic: "in time", passed: isOver ? 1 : 0, failures: isOver ? [] : [late] };
  return [inTime, ...judgeLinkedin(evidence, customer.told)];
}

function isThere({ player, enrollment, outcomes, messages, mails }: PlayerEvidence): boolean {
  const ending = ENDINGS[player.part];
  return (
    enrollment.state === ending.state &&
    `${outcomes}` === `${ending.outcomes}` &&
    (ending.waitsFor === null || enrollment.waitingFor?.reason === ending.waitsFor) &&
    messages.length >= ending.messages &&
    mails >= ending.mails
  );
}

/** What the leads do on LinkedIn, each thing once, when it is time for it. */
class People {
  readonly #linkedin: Linkedin;
  readonly #done = new Set<string>();
  #tellsAt: number | null = null;

  constructor(linkedin: Linkedin) {
    this.#linkedin = linkedin;
  }

  async act(): Promise<void> {
    const { invitations, messages } = await this.#linkedin.seen();
    const isAmong = (acts: readonly { readonly profileId: string }[], { publicId }: Player) =>
      acts.some(({ profileId }) => profileId === profileIdOf(publicId));
    for (const [part, tells] of ACCEPTING)
      for (const player of playing(part).filter((one) => isAmong(invitations, one)))
        await this.#once(`${player.publicId} accepts`, async () => {
          await this.#linkedin.order("accept", { who: player.publicId, tells });
          if (tells === "later") this.#tellsAt = Date.now() + LATE_MS;
        });
    for (const player of playing("replies").filter((one) => isAmong(messages, one)))
      await this.#once(`${player.publicId} replies`, () =>
        this.#linkedin.order("reply", { who: player.publicId, text: "What does it cost?" }),
      );
    if (this.#tellsAt !== null && Date.now() > this.#tellsAt)
      await this.#once("late hooks", () => this.#linkedin.order("tell-relations"));
  }

  async #once(what: string, act: () => Promise<void>): Promise<void> {
    if (this.#done.has(what)) return;
    this.#done.add(what);
    await act();
  }
}

const ACCEPTING = [
  ["accepts_at_once", "at_once"],
  ["replies", "at_once"],
  ["told_late", "later"],
  ["hook_lost", "never"],
] as const;

function playing(part: Player["part"]): readonly Player[] {
  return CAST.filter((player) => player.part === part);
}
