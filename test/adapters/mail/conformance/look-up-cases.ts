import type { LookUpResult, OutgoingMail, SendResult } from "../../../../core/mail/outgoing.ts";
import { sampleMail } from "../../../support/sample-mail.ts";
import type { ConformanceCase } from "./cases.ts";
import type { Arranged, Situation } from "./provider-under-test.ts";

/** What holds of a provider that can be asked about a message whose send ended as `unknown`. */
export const LOOK_UP_CASES: readonly ConformanceCase[] = [
  looksUp("what was taken is found by the id that it got, and looking sends nothing", "takes_everything", foundById),
  looksUp("what was taken and never acknowledged is found", "breaks_off_during_acceptance", foundInDoubt),
  looksUp("what never arrived is not found, whatever else was taken", "breaks_off_before_acceptance", notFound),
  cannotSay("records that can't be reached don't say that the message isn't there", "cannot_be_reached"),
  cannotSay("records that we may not read don't say that the message isn't there", "refuses_us"),
  cannotSay("records that ask to come later don't say that the message isn't there", "asks_to_try_later"),
  cannotSay("records that break off don't say that the message isn't there", "breaks_off_during_acceptance"),
  cannotSay("records that never answer don't say that the message isn't there", "never_answers"),
];

const doubtful = sampleMail({ messageId: "<dh-enr-0-0@sender.example>" });
const another = sampleMail({ messageId: "<dh-enr-0-00@sender.example>" });

interface Asked extends Required<Arranged> {
  send(mail: OutgoingMail): Promise<{ readonly payload: string; readonly result: SendResult }>;
  lookUp(payload: string): Promise<LookUpResult>;
}

function looksUp(
  name: string,
  situation: Situation,
  check: (asked: Asked) => Promise<readonly string[]>,
): ConformanceCase {
  return {
    name,
    run: async (subject) => {
      const arranged = await subject.arrange(situation);
      if ("notApplicable" in arranged) return arranged;
      const { provider, takenIds } = arranged;
      if (provider.lookUp === null) return { notApplicable: "it keeps no records that can be asked" };
      if (takenIds === undefined) return { problems: ["its far side doesn't tell the ids that it gave"] };
      const send: Asked["send"] = async (mail) => {
        const payload = await provider.compose(mail);
        return { payload, result: await provider.send(payload, "dh-enr-0-0") };
      };
      return { problems: await check({ ...arranged, takenIds, send, lookUp: provider.lookUp }) };
    },
  };
}

async function foundById({ send, lookUp, received }: Asked): Promise<readonly string[]> {
  const first = await send(doubtful);
  const second = await send(another);
  const [onWire] = await received();
  const problems = [
    ...(await findProblems(first, first.result.kind === "accepted" ? first.result.providerMessageId : null, lookUp)),
    ...(await findProblems(second, second.result.kind === "accepted" ? second.result.providerMessageId : null, lookUp)),
  ];
  const said = await lookUp(first.payload);
  if (said.kind === "found" && said.wireMessageId !== null && said.wireMessageId !== onWire?.messageId)
    problems.push(`it claims ${said.wireMessageId}, on the wire is ${onWire?.messageId}`);
  return (await received()).length === 2 ? problems : [...problems, "looking sent something"];
}

async function foundInDoubt({ send, lookUp, takenIds }: Asked): Promise<readonly string[]> {
  const lost = await send(doubtful);
  if (lost.result.kind !== "unknown") return [`the send ended as ${lost.result.kind}`];
  await send(another);
  const [id = null] = await takenIds();
  return findProblems(lost, id, lookUp);
}

async function notFound({ send, lookUp, takenIds }: Asked): Promise<readonly string[]> {
  const lost = await send({ ...doubtful, text: "All work and no play.\n".repeat(300_000) });
  const taken = await send(another);
  const [id = null, ...others] = await takenIds();
  if (others.length > 0) return ["the lost one arrived"];
  const said = await lookUp(lost.payload);
  return [
    ...(said.kind === "not_found" ? [] : [`of the lost one it says ${JSON.stringify(said)}`]),
    ...(await findProblems(taken, id, lookUp)),
  ];
}

function cannotSay(name: string, situation: Situation): ConformanceCase {
  return looksUp(name, situation, async ({ provider, lookUp }) => {
    const said = await lookUp(await provider.compose(doubtful));
    return said.kind === "failed" && said.detail !== "" ? [] : [`it says ${JSON.stringify(said)}`];
  });
}

async function findProblems(
  { payload }: { readonly payload: string },
  id: string | null,
  lookUp: Asked["lookUp"],
): Promise<readonly string[]> {
  const said = await lookUp(payload);
  return said.kind === "found" && said.providerMessageId === id
    ? []
    : [`of what was taken as ${id} it says ${JSON.stringify(said)}`];
}
