import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { sha256Hex } from "../../../../adapters/crypto/bytes.ts";
import type { Evidence } from "../../../../core/contract/evidence.ts";
import { packText } from "../../../../core/evidence/pack.ts";
import { reportedBounce } from "../../../../core/mail/delivery-event.ts";
import { messageLine, type Verdict, verifyEvidence } from "../../../../tools/evidence/verify.ts";
import { handOver } from "../../../../worker/delivery-events/hand-over.ts";
import { keyFor } from "../../../support/cadences.ts";
import { drafts, ring, runUntil, sandboxMail } from "../../../support/enrollment.ts";
import { restingDraft, wakeUp } from "../../../support/held.ts";
import { api } from "../../../support/worker.ts";

afterEach(wakeUp);

/** A draft that a person edited and released, and that was sent; its evidence as it is downloaded. */
async function sentAfterReview(options: { readonly unsigned?: true } = {}) {
  const resting = await restingDraft(undefined, { steps: [{ kind: "email" }] });
  const { ask, draftId, enrollmentId, stub, world } = resting;
  await ask.post(`/v1/drafts/${draftId}/edit`, { body: "Hello Jané 中村", subject: "A question" });
  await ask.post(`/v1/drafts/${draftId}/release`);
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
  const messageId = `msg_${enrollmentId.slice(4)}_0_0`;
  const key = await keyFor(world.tenantId);
  const download = () => evidenceOf(key, messageId, options.unsigned === true ? { EVIDENCE_KEY_V1: "" } : {});
  return { ...resting, messageId, download };
}

async function evidenceOf(key: string, messageId: string, overrides: Partial<Env> = {}): Promise<string> {
  return vi.waitFor(
    async () => {
      const { status, body } = await api(key, overrides).get(`/v1/messages/${messageId}/evidence`);
      expect([status, body.code]).toEqual([200, undefined]);
      return JSON.stringify(body);
    },
    { timeout: 15_000, interval: 200 },
  );
}

async function ownKeys() {
  return (await api(null).get("/.well-known/drafthook-evidence.json")).body.keys;
}

function faults({ checks }: Verdict): readonly string[] {
  return checks.filter(({ verdict }) => verdict === "failed").map(({ name }) => name);
}

test("the evidence tells the whole story of a message, and verifies with the installation's key", async () => {
  const { download, draftId, enrollmentId, messageId, world } = await sentAfterReview();
  const text = await download();
  const evidence: Evidence = JSON.parse(text);
  const keys = await ownKeys();
  expect(keys).toMatchObject([{ kty: "OKP", crv: "Ed25519", use: "sig" }]);
  expect(verifyEvidence(text, keys).checks.filter(({ verdict }) => verdict !== "ok")).toEqual([]);
  expect(evidence.about).toMatchObject({ messageId, enrollmentId, tenantId: world.tenantId, mode: "sandbox" });
  const notes = evidence.lines.flatMap(({ content }) => (content?.["kind"] === "note" ? [content] : []));
  // Who approved it, and what stood there before.
  expect(notes).toContainEqual(
    expect.objectContaining({ what: "released", subjectId: draftId, detail: { by: expect.stringMatching(/^key_/) } }),
  );
  expect(JSON.stringify(notes.find(({ what }) => what === "edited"))).toContain("Hello Jané 中村");
  // The gates as they stood when it went.
  const message = messageLine(evidence);
  expect(message?.content?.["detail"]).toMatchObject({
    gates: expect.arrayContaining([expect.objectContaining({ gate: "suppression", verdict: "pass" })]),
    providerMessageId: `dh-${enrollmentId.slice(4)}-0-0`,
    response: "kept in the sandbox",
  });
  expect(message?.text).toBe("Hello Jané 中村");
  // What was asked, byte for byte but for the token and the signature.
  const [exchange] = evidence.lines.filter(({ bodies }) => bodies !== null);
  const [asked] = drafts(world);
  expect(exchange?.bodies?.request.body).toBe(asked?.body.replace(/token=[^"]+/, "token=[masked]"));
  expect(exchange?.content?.["requestSha256"]).toBe(await sha256Hex(asked?.body ?? ""));
  expect(exchange?.bodies?.request.headers["webhook-signature"]).toBe("[masked]");
  expect(JSON.parse(exchange?.bodies?.response.body ?? "")).toMatchObject({ body: "Hello", review: true });
  // The bytes that went to the provider hold the message as it went out.
  const [mail] = await sandboxMail(enrollmentId);
  expect(JSON.parse(evidence.payload ?? "")).toMatchObject({ raw: mail?.raw });
});

test("a change of any byte of the file is found, with the key and without it", async () => {
  const { download } = await sentAfterReview();
  const text = await download();
  const keys = await ownKeys();
  let tried = 0;
  // Every byte is changed in test/e2e/evidence.test.ts, where that is quick.
  for (let at = 0; at < text.length; at += 31) {
    const code = text.charCodeAt(at);
    for (const other of [code ^ 1, code ^ 0x20]) {
      const changed = text.slice(0, at) + String.fromCharCode(other) + text.slice(at + 1);
      if (faults(verifyEvidence(changed, tried % 2 === 0 ? keys : null)).length === 0)
        throw new Error(`a change at ${at} was not found: ${changed.slice(at - 40, at + 40)}`);
      tried += 1;
    }
  }
  console.info(`${tried} changed bytes in a file of ${text.length} characters, all found`);
  expect(tried).toBeGreaterThan(300);
});

/** What somebody would do who makes the file's own hash anew: the signature and the chain must say no. */
function rehashed(evidence: object): Promise<string> {
  return sha256Hex(packText(evidence as Record<string, unknown>)).then((sha256) =>
    JSON.stringify({ ...evidence, sha256 }),
  );
}

test.each<[string, string, (evidence: Evidence) => object]>([
  ["a line is left out", "chain", (pack) => ({ ...pack, chain: pack.chain.filter(({ line }) => line !== 2) })],
  [
    "a line is left out and the others are numbered anew",
    "chain",
    (pack) => ({
      ...pack,
      chain: pack.chain.filter(({ line }) => line !== 2).map((link, n) => ({ ...link, line: n + 1 })),
      end: { ...pack.end, line: pack.end.line - 1 },
    }),
  ],
  [
    "two lines are swapped",
    "chain",
    (pack) => {
      const [one, two, ...rest] = pack.chain;
      return { ...pack, chain: [{ ...two, line: 1 }, { ...one, line: 2 }, ...rest] };
    },
  ],
  ["the last line is cut off", "chain", (pack) => ({ ...pack, chain: pack.chain.slice(0, -1) })],
  [
    "the first lines are passed off as older than the chain",
    "chain",
    (pack) => ({
      ...pack,
      chain: pack.chain.map((link) => (link.line < 3 ? { ...link, content: null, chain: null } : link)),
    }),
  ],
  [
    "it is told of another enrollment",
    "chain",
    (pack) => ({ ...pack, about: { ...pack.about, enrollmentId: "enr_aaaaaaaaaaaaaaaa" } }),
  ],
  [
    "a line says something else",
    "line",
    (pack) => ({
      ...pack,
      lines: pack.lines.map((line) => ({ ...line, content: line.content && { ...line.content, at: 1 } })),
    }),
  ],
  [
    "an answer is another one",
    "line",
    (pack) => ({
      ...pack,
      lines: pack.lines.map((line) =>
        line.bodies === null
          ? line
          : { ...line, bodies: { ...line.bodies, response: { ...line.bodies.response, body: "{}" } } },
      ),
    }),
  ],
  ["the message is another one", "message", (pack) => ({ ...pack, about: { ...pack.about, messageId: "msg_x" } })],
  ["the bytes are others", "bytes sent", (pack) => ({ ...pack, payload: `${pack.payload} ` })],
  ["a line stands twice", "line", (pack) => ({ ...pack, lines: [...pack.lines, ...pack.lines.slice(-1)] })],
])(
  "%s, and the file's own hash is made anew: the chain finds it even where nothing is signed",
  async (_, where, alter) => {
    const { download } = await sentAfterReview();
    const evidence: Evidence = JSON.parse(await download());
    const signed = await rehashed(alter(evidence));
    expect(faults(verifyEvidence(signed, await ownKeys()))).toContain("signature");
    const unsigned = await rehashed({ ...alter(evidence), signature: null });
    expect(faults(verifyEvidence(unsigned, null)).map((name) => name.replace(/ \d+$/, ""))).toContain(where);
  },
);

test("the control: made anew without any change the unsigned file verifies, and says that it is unsigned", async () => {
  const { download } = await sentAfterReview();
  const evidence: Evidence = JSON.parse(await download());
  const unsigned = verifyEvidence(await rehashed({ ...evidence, signature: null }), null);
  expect(faults(unsigned)).toEqual([]);
  expect(unsigned.checks.find(({ name }) => name === "signature")?.verdict).toBe("note");
  expect(faults(verifyEvidence(await rehashed({ ...evidence, signature: null }), await ownKeys()))).toEqual([
    "signature",
  ]);
});

test("a signature by another key is told from ours", async () => {
  const { download } = await sentAfterReview();
  const text = await download();
  const [key] = await ownKeys();
  expect(faults(verifyEvidence(text, [{ ...key, kid: "another" }]))).toEqual(["signature"]);
  expect(faults(verifyEvidence(text, []))).toEqual(["signature"]);
});

test("without the secret the evidence is unsigned and says so, and there are no keys", async () => {
  const { download } = await sentAfterReview({ unsigned: true });
  const text = await download();
  expect(JSON.parse(text).signature).toBeNull();
  expect(faults(verifyEvidence(text, null))).toEqual([]);
  expect((await api(null, { EVIDENCE_KEY_V1: "" }).get("/.well-known/drafthook-evidence.json")).body).toEqual({
    keys: [],
  });
});

test("what the log was made to say afterwards is found: a row changed in D1, a row gone, other bytes in R2", async () => {
  const { download, enrollmentId, world } = await sentAfterReview();
  const before = await download();
  expect(faults(verifyEvidence(before, null))).toEqual([]);
  await env.DB.prepare(
    "UPDATE journal SET detail = replace(detail, 'key_', 'kex_') WHERE enrollment_id = ? AND what = 'released'",
  )
    .bind(enrollmentId)
    .run();
  expect(faults(verifyEvidence(await download(), null))).toEqual([expect.stringMatching(/^line \d+$/)]);
  const bodies = await env.BODIES.list({ prefix: `${world.tenantId}/${enrollmentId}/exchange-` });
  for (const { key } of bodies.objects) {
    const stored = await (await env.BODIES.get(key))?.text();
    await env.BODIES.put(key, (stored ?? "").replace("Hello", "Hallo"));
  }
  expect(faults(verifyEvidence(await download(), null))).toHaveLength(2);
  const sent = await env.BODIES.list({ prefix: `${world.tenantId}/${enrollmentId}/message-` });
  expect(sent.objects).toHaveLength(1);
  for (const { key } of sent.objects) await env.BODIES.put(key, "other bytes");
  expect(faults(verifyEvidence(await download(), null))).toContain("bytes sent");
});

test("bytes that are no longer kept are told by their hashes, and the chain still verifies", async () => {
  const { download, enrollmentId, world } = await sentAfterReview();
  await download();
  const { objects } = await env.BODIES.list({ prefix: `${world.tenantId}/${enrollmentId}/` });
  await env.BODIES.delete(objects.map(({ key }) => key));
  const text = await download();
  const { checks } = verifyEvidence(text, await ownKeys());
  expect(checks.filter(({ verdict }) => verdict === "failed")).toEqual([]);
  expect(checks.find(({ name }) => name === "bytes sent")?.detail).toMatch(
    /^no longer kept; their SHA-256 was [0-9a-f]{64}$/,
  );
  expect(checks.some(({ detail }) => detail.endsWith("its bytes are no longer kept"))).toBe(true);
});

test("the provider's later words are in it, and in the chain", async () => {
  const { download, enrollmentId, messageId, stub, world } = await sentAfterReview();
  await download();
  const bounce = reportedBounce({
    recipient: "jane@lead.example",
    judgement: "dead",
    status: "5.1.1",
    words: "no such user",
  });
  const sendKey = `dh-${enrollmentId.slice(4)}-0-0`;
  const about = {
    at: Date.now(),
    recipient: "jane@lead.example",
    sendKey,
    providerMessageId: null,
    wireMessageId: null,
  };
  await handOver(env, world.tenantId, enrollmentId, { kind: "bounced", ...about, bounce }, Date.now());
  await ring(stub);
  const text = await evidenceOf(await keyFor(world.tenantId), messageId);
  const { lines }: Evidence = JSON.parse(text);
  const told = lines.find(({ content }) => content?.["what"] === "message_bounced");
  expect(told?.content).toMatchObject({ subjectId: sendKey, detail: { bounce: { diagnostic: "no such user" } } });
  expect(faults(verifyEvidence(text, await ownKeys()))).toEqual([]);
});

test("lines from before there was a chain are shown as proven by nothing, and a message among them is not verified", async () => {
  const { download, enrollmentId } = await sentAfterReview();
  await download();
  await env.DB.prepare("UPDATE journal SET content_sha256 = NULL, chain_sha256 = NULL WHERE enrollment_id = ?")
    .bind(enrollmentId)
    .run();
  const verdict = verifyEvidence(await download(), null);
  expect(faults(verdict)).toContain("chain");
  expect(verdict.checks.find(({ name }) => name === "line 1")?.detail).toBe(
    "it is older than the chain: nothing proves it",
  );
});
