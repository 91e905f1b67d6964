import type { Verdict } from "../checks/checks.ts";
import { ENDINGS } from "./cast.ts";
import { ANSWER, type Told, wordsFor } from "./customer.ts";
import type { PlayerEvidence } from "./evidence.ts";

/** Every claim about each lead, and about the account that was restricted. */
export function judgeLinkedin(evidence: readonly PlayerEvidence[], told: readonly Told[]): readonly Verdict[] {
  return [
    topic("where each lead stands", evidence.flatMap(endings)),
    topic("what LinkedIn and the mailbox saw", evidence.flatMap(seen)),
    topic("what the customer was told", [...evidence.flatMap(events), ...accounts(told)]),
  ];
}

type Claim = readonly [holds: boolean, sentence: string];

function topic(name: string, claims: readonly Claim[]): Verdict {
  const failures = claims.filter(([holds]) => !holds).map(([, sentence]) => sentence);
  return { topic: name, passed: claims.length - failures.length, failures };
}

function endings({ player, enrollment, outcomes }: PlayerEvidence): readonly Claim[] {
  const { externalId, part } = player;
  const { state, exitReason, waitsFor, ...ending } = ENDINGS[part];
  const waits = enrollment.waitingFor?.reason ?? null;
  return [
    [enrollment.state === state, `${externalId} should be ${state}, and is ${enrollment.state}`],
    [
      enrollment.exitReason === exitReason,
      `${externalId} should have ended by ${exitReason}, not ${enrollment.exitReason}`,
    ],
    [
      `${outcomes}` === `${ending.outcomes}`,
      `${externalId}'s steps should be [${ending.outcomes}], and are [${outcomes}]`,
    ],
    [waitsFor === null || waits === waitsFor, `${externalId} should wait for ${waitsFor}, and waits for ${waits}`],
  ];
}

function seen({ player, invitations, messages, mails }: PlayerEvidence): readonly Claim[] {
  const { externalId, part, name } = player;
  const ending = ENDINGS[part];
  const words = messages.map(({ text }) => text);
  const expected = [wordsFor("linkedin_message", name).body, ANSWER].slice(0, ending.messages);
  return [
    [invitations.length === ending.invitations, `${externalId} was invited ${invitations.length} times`],
    [
      invitations.every(({ text }) => text === wordsFor("linkedin_connect", name).body),
      `${externalId} was invited with other words than the customer's`,
    ],
    [`${words}` === `${expected}`, `${externalId} should have been written [${expected}], and was [${words}]`],
    [
      new Set(messages.map(({ chatId }) => chatId)).size <= 1,
      `${externalId}'s messages are spread over several conversations`,
    ],
    [mails === ending.mails, `${externalId} should have ${ending.mails} mails, and has ${mails}`],
  ];
}

function events({ player, told }: PlayerEvidence): readonly Claim[] {
  const { externalId, part } = player;
  const { connectedBy } = ENDINGS[part];
  const connected = told
    .filter(({ type }) => type === "cadence.lead.connected")
    .map(({ data }) => String(data?.["by"]));
  const replied = told.filter(({ type }) => type === "cadence.lead.replied").length;
  const isTold =
    connected.length === Math.min(connectedBy.length, 1) &&
    connected.every((by) => connectedBy.some((one) => one === by));
  return [
    [isTold, `${externalId}'s acceptance should be told once by one of [${connectedBy}], and was by [${connected}]`],
    [replied === (part === "replies" ? 1 : 0), `${externalId}'s reply was told ${replied} times`],
  ];
}

function accounts(told: readonly Told[]): readonly Claim[] {
  const changed = told.filter(({ type }) => type === "cadence.account.changed").map(({ data }) => data?.["state"]);
  return [[`${changed}` === "restricted", `one account should be told to be restricted, once; told: [${changed}]`]];
}
