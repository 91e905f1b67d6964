import { env, exports } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { eventsSecretContext } from "../../../adapters/mail/mailbox-secret.ts";
import { enroll, makeWorld, ring, START, setClock } from "../../support/enrollment.ts";
import { sealed } from "../../support/sealed.ts";
import { makeSnsSigner, type SnsFields, TOPIC } from "../../support/sns-signer.ts";

const SNS = makeSnsSigner();
const CONFIRMATION = SNS.confirmation(START)["SubscribeURL"] ?? "";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Jane got the first of two messages; her customer's mailbox is at SES, which tells by the topic. */
async function janeGotOne() {
  setClock(START);
  const world = await makeWorld();
  const { id, stub } = await enroll(world);
  await ring(stub);
  const secret = await sealed(TOPIC, eventsSecretContext(world.tenantId, world.mailboxId));
  await env.DB.prepare("UPDATE mailboxes SET provider = 'ses', events_secret = ? WHERE id = ?")
    .bind(secret, world.mailboxId)
    .run();
  return { stub, sendKey: `dh-${id.slice(4)}-0-0`, url: `https://drafthook.test/delivery-events/${world.mailboxId}` };
}

/** SNS, which hands out its certificate and answers a confirmation like this. Gives what else it, or anybody, is asked for. */
function snsAnswers(confirmed: () => Response | Promise<Response> = () => new Response("<Confirmed/>")): string[] {
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (to) => {
    const url = String(to);
    if (url === SNS.certUrl) return new Response(SNS.certificate);
    asked.push(url);
    return url === CONFIRMATION ? confirmed() : new Response("nobody is here", { status: 599 });
  });
  return asked;
}

/** As SNS posts it: JSON that is called plain text. */
function post(url: string, fields: SnsFields): Promise<Response> {
  const headers = { "content-type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": fields["Type"] ?? "" };
  return exports.default.fetch(new Request(url, { method: "POST", body: JSON.stringify(fields), headers }));
}

function complaintOf(sendKey: string): string {
  return JSON.stringify({
    eventType: "Complaint",
    complaint: { complainedRecipients: [{ emailAddress: "jane@lead.example" }] },
    mail: { messageId: "0102019a", destination: ["jane@lead.example"], tags: { drafthook: [sendKey] } },
  });
}

test("a subscription is confirmed by itself, and a complaint that it brings ends the enrollment", async () => {
  const { stub, sendKey, url } = await janeGotOne();
  const asked = snsAnswers();
  const confirmed = await post(url, SNS.confirmation(START));
  expect([confirmed.status, await confirmed.json()]).toEqual([200, { taken: 0 }]);
  expect(asked).toEqual([CONFIRMATION]);
  const told = await post(url, SNS.notification(complaintOf(sendKey), START));
  expect([told.status, await told.json()]).toEqual([200, { taken: 1 }]);
  expect((await stub.read())?.phase).toMatchObject({ name: "finished", exit: { reason: "complained" } });
});

test.each<[string, () => Response | Promise<Response>]>([
  ["says no", () => new Response("<ErrorResponse/>", { status: 403 })],
  ["leads elsewhere", () => Response.redirect("http://169.254.169.254/latest/meta-data/", 302)],
  ["breaks off", () => Promise.reject(new Error("Network connection lost."))],
])("where SNS %s, it is told to send the confirmation again", async (_name, confirmed) => {
  const { url } = await janeGotOne();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const asked = snsAnswers(confirmed);
  const answer = await post(url, SNS.confirmation(START));
  expect([answer.status, await answer.json()]).toMatchObject([503, { code: "unreadable" }]);
  expect(asked).toEqual([CONFIRMATION]);
});

test.each<[string, SnsFields]>([
  ["a confirmation that somebody else signed", makeSnsSigner().confirmation(START, { SigningCertURL: SNS.certUrl })],
  ["one of another topic, which anybody may have", SNS.confirmation(START, { TopicArn: `${TOPIC}-of-mallory` })],
  ["one that leads inside", SNS.confirmation(START, { SubscribeURL: "http://169.254.169.254/latest/meta-data/" })],
])("%s: nothing is asked for, and it is refused", async (_name, fields) => {
  const { url } = await janeGotOne();
  const asked = snsAnswers();
  const answer = await post(url, fields);
  expect([answer.status, await answer.json()]).toMatchObject([401, { code: "invalid_signature" }]);
  expect(asked).toEqual([]);
});

test("while SNS doesn't hand out its certificate, an event is not taken and comes again", async () => {
  const { stub, sendKey, url } = await janeGotOne();
  const signer = makeSnsSigner();
  const fields = signer.notification(complaintOf(sendKey), START);
  const away = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response("", { status: 503 }));
  expect((await post(url, fields)).status).toBe(503);
  expect((await stub.read())?.phase.name).toBe("waiting");
  away.mockImplementation(async () => new Response(signer.certificate));
  expect((await post(url, fields)).status).toBe(200);
  expect((await stub.read())?.phase).toMatchObject({ exit: { reason: "complained" } });
});
