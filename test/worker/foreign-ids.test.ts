import { expect, test } from "vitest";
import { app } from "../../worker/app.ts";
import { describeApi } from "../../worker/openapi/document.ts";
import { customer, enrolled, publishedCadence } from "../support/cadences.ts";
import { unmatchedMail } from "../support/inbox.ts";
import { exchangeLine, logLines } from "../support/log-lines.ts";
import type { Answered, ApiClient } from "../support/worker.ts";

/** A body that each route would take, where it needs one. A new route with an id and a body needs a line here. */
const BODIES: Readonly<Record<string, object>> = {
  updateCadence: { enabled: false },
  replaceSteps: { steps: [] },
  patchSteps: { steps: [] },
  enrollLead: { leadExternalId: "lead-9" },
  updateEnrollment: { state: "paused" },
  editDraft: { body: "x" },
  settleDraft: { arrived: true },
  attachInbound: { enrollmentId: "enr_aaaaaaaaaaaaaaaa" },
  updateEndpoint: { name: "x" },
  updateMailbox: { name: "x" },
};

/** Reached without an API key, by a token: its own tests say what a wrong one opens. */
const WITHOUT_KEY = new Set(["completeDraft"]);

/** A live key may make and revoke test keys. */
const OTHER_MODE_MAY = new Set(["revokeKey"]);

interface Operation {
  readonly operationId: string;
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
}

const OPERATIONS: readonly Operation[] = Object.entries(describeApi(app).paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, { operationId: string }>)
    .filter(([, { operationId }]) => /\{\w+\}/.test(path) && !WITHOUT_KEY.has(operationId))
    .map(([method, { operationId }]) => ({ operationId, method: method as Operation["method"], path })),
);

test("the list of routes with an id is not empty", () => {
  expect(OPERATIONS.length).toBeGreaterThan(20);
});

test("what is another tenant's, of the key's other mode, or nowhere, is the same 404 on every route with an id", async () => {
  const [us, them] = [await customer(), await customer()];
  const ids = await idsOf(them);
  const faults: string[] = [];
  for (const operation of OPERATIONS) {
    const theirs = ids[operation.path.split("/")[2] ?? ""];
    if (theirs === undefined) {
      faults.push(`${operation.operationId}: this test knows no id for ${operation.path}`);
      continue;
    }
    const asked: [string, ApiClient, string][] = [
      ["foreign", us.ask, theirs],
      ["other mode", OTHER_MODE_MAY.has(operation.operationId) ? us.live : them.live, theirs],
      ["unknown", us.ask, theirs.replace(/[a-z2-7]{16}/, "aaaaaaaaaaaaaaaa")],
    ];
    const answers = await Promise.all(
      asked.map(async ([why, client, id]) => [why, await ask(client, operation, id)] as const),
    );
    const [first] = answers;
    for (const [why, answer] of answers) {
      if (answer.status !== 404 || wordsOf(answer) !== wordsOf(first?.[1]))
        faults.push(`${operation.operationId}, ${why}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  }
  expect(faults).toEqual([]);
});

test("the same ids answer their own tenant, so the 404s above are not for want of a thing", async () => {
  const them = await customer();
  const ids = await idsOf(them);
  const reads = OPERATIONS.filter(
    ({ method, path }) =>
      method === "get" && /\{\w+\}$/.test(path) && !["drafts", "sandbox"].includes(path.split("/")[2] ?? ""),
  );
  for (const operation of reads)
    expect([
      operation.operationId,
      (await ask(them.ask, operation, ids[operation.path.split("/")[2] ?? ""] ?? "")).status,
    ]).toEqual([operation.operationId, 200]);
});

/** One thing of each kind that a customer has, by the first part of its path. */
async function idsOf(them: Awaited<ReturnType<typeof customer>>): Promise<Readonly<Record<string, string>>> {
  const { ask, tenantId } = them;
  const cadenceId = await publishedCadence(ask);
  const enrollmentId = await enrolled(ask, cadenceId);
  await logLines(tenantId, { id: enrollmentId, cadenceId }, [exchangeLine()]);
  await ask.post("/v1/suppressions", { entries: [{ value: "nobody@lead.example" }] });
  const stem = enrollmentId.slice("enr_".length);
  return {
    cadences: cadenceId,
    enrollments: enrollmentId,
    drafts: `drf_${stem}_0_1`,
    log: `log_${stem}_1000`,
    inbound: await unmatchedMail(tenantId),
    endpoints: (await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/" })).body.id,
    mailboxes: them.mailboxId,
    keys: (await ask.post("/v1/keys", { name: "second" })).body.id,
    suppressions: (await ask.get("/v1/suppressions")).body.data[0].id,
    sandbox: `dh-${stem}-0-0`,
  };
}

function ask(client: ApiClient, { operationId, method, path }: Operation, id: string): Promise<Answered> {
  const at = path.replace(/\{\w+\}/, id);
  const body = BODIES[operationId];
  return method === "get" || method === "delete" ? client[method](at) : client[method](at, body);
}

/** The problem without the request's own id. */
function wordsOf(answer: Answered | undefined): string {
  return JSON.stringify({ ...answer?.body, instance: "" });
}
