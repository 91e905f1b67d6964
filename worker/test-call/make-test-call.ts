import { newId } from "../../adapters/crypto/ids.ts";
import type { EndpointRow } from "../../adapters/d1/endpoints.ts";
import { type Endpoint, type Posted, post } from "../../adapters/webhook/exchange.ts";
import { newWebhookSecret } from "../../adapters/webhook/new-secret.ts";
import { openEndpoint } from "../../adapters/webhook/open-endpoint.ts";
import type { CadenceVersion } from "../../core/cadence.ts";
import { parseDraftAnswer } from "../../core/contract/draft-answer.ts";
import { DRAFT_LIFETIME_MS } from "../../core/contract/limits.ts";
import { type Check, TestAnswer, type TestCall } from "../../core/contract/test-call.ts";
import type { Lead } from "../../core/enrollment.ts";
import { draftRequestBody } from "../../core/webhook/draft-request.ts";
import { gradeOf, judgeAnswer, judgeRefusal, summaryOf, type Tried } from "../../core/webhook/judge-answer.ts";
import { maskCompletionTokens } from "../../core/webhook/mask-token.ts";
import { parseJson } from "../../durable-objects/perform/request-draft.ts";
import { webhookSettings } from "../../durable-objects/perform/webhook-settings.ts";

/** What an endpoint is asked. */
export interface Question {
  readonly cadence: Pick<CadenceVersion, "id" | "name" | "version" | "steps">;
  readonly step: number;
  readonly lead: Lead;
  /** Whether it is to be seen how requests are met that should be refused. */
  readonly forged: boolean;
}

/** As old as no verifier takes it. */
const STALE_MS = 10 * 60_000;
/** To refuse takes no model. */
const REFUSAL_TIMEOUT_MS = 10_000;

/**
 * Asks an endpoint as the engine does, for nobody: no enrollment, no line of the log, no word to the breaker, no quota. Its
 * completion URL names a draft that isn't, by a token that was never good.
 */
export async function makeTestCall(env: Env, row: EndpointRow, question: Question): Promise<TestCall> {
  const { tenantId } = row;
  const endpoint = await openEndpoint(env, tenantId, row, Date.now());
  const request = testRequest(env, question);
  const posted = await post(endpoint, request, webhookSettings(env));
  const tried = triedOf(posted);
  const { maxChars = null } = question.cadence.steps[question.step] ?? {};
  const checks = [
    ...judgeAnswer(tried, maxChars),
    ...(question.forged && tried.status !== null ? await refusals(env, endpoint, request) : []),
  ];
  const { exchange } = posted;
  return {
    request: { url: row.url, headers: listed(exchange?.requestHeaders ?? {}), body: request.body },
    response:
      exchange === null || exchange.status === null
        ? null
        : {
            status: exchange.status,
            headers: listed(exchange.responseHeaders).map((header) => withoutSecrets(header, endpoint)),
            body: masked(exchange.responseBody, endpoint),
            encoding: exchange.responseEncoding,
            cut: exchange.responseCut,
          },
    outcome: tried.outcome,
    totalMs: exchange?.totalMs ?? null,
    firstByteMs: exchange?.firstByteMs ?? null,
    answer: shownOf(answerOf(tried), endpoint),
    checks: checks.map((check) => ({ ...check, detail: masked(check.detail, endpoint) })),
    grade: gradeOf(checks),
  };
}

function testRequest(env: Env, { cadence, step, lead }: Question) {
  const stem = newId("enr").slice("enr_".length);
  const now = Date.now();
  const draft = {
    id: `drf_${stem}_${step}_1`,
    previousDraftId: null,
    source: "webhook",
    createdAt: now,
    expiresAt: now + DRAFT_LIFETIME_MS,
    attempt: 1,
    refusals: 0,
    slotDay: null,
  } as const;
  const state = { id: `enr_${stem}`, mode: "test", lead, step, thread: { subject: null, messageIds: [] } } as const;
  const completionUrl = `${env.PUBLIC_URL}/v1/drafts/${draft.id}/completion?token=test-call`;
  return { id: draft.id, attempt: 1, body: draftRequestBody(state, cadence, draft, now, completionUrl, []) };
}

function triedOf(posted: Posted): Tried {
  const { exchange } = posted;
  const contentType = exchange?.responseHeaders["content-type"] ?? null;
  const timing = { totalMs: exchange?.totalMs ?? null, contentType };
  const status = exchange?.status ?? null;
  if (posted.ok) {
    const parsed = posted.status === 202 ? null : parseDraftAnswer(parseJson(posted));
    const outcome = posted.status === 202 ? "accepted" : parsed?.ok === true ? "answered" : "draft_invalid";
    return { ...timing, status, outcome, reason: null, parsed };
  }
  const { failure } = posted;
  const outcome = failure.kind === "http" ? `http_${failure.status}` : failure.kind;
  const reason = failure.kind === "refused_url" ? `the URL ${failure.detail}` : (exchange?.reason ?? null);
  return { ...timing, status, outcome, reason, parsed: null };
}

function answerOf({ outcome, parsed }: Tried): TestCall["answer"] {
  if (outcome === "accepted") return summaryOf("later");
  return parsed?.ok === true ? summaryOf(parsed.answer) : null;
}

/** The same without secrets, in whichever of its texts they stand. */
function shownOf(answer: TestAnswer | null, endpoint: Endpoint): TestAnswer | null {
  if (answer === null) return null;
  const withoutThem = (_: string, value: unknown) => (typeof value === "string" ? masked(value, endpoint) : value);
  return TestAnswer.parse(JSON.parse(JSON.stringify(answer, withoutThem)));
}

/** The same request by a secret that isn't the endpoint's, and by the right one with a time that has passed. */
async function refusals(
  env: Env,
  endpoint: Endpoint,
  request: ReturnType<typeof testRequest>,
): Promise<readonly Check[]> {
  const settings = { ...webhookSettings(env), timeoutMs: REFUSAL_TIMEOUT_MS };
  const [forged, stale] = await Promise.all([
    post({ ...endpoint, secrets: [newWebhookSecret()] }, request, settings),
    post(endpoint, request, { ...settings, now: () => Date.now() - STALE_MS }),
  ]);
  return [
    judgeRefusal("forged_signature", forged.exchange?.status ?? null),
    judgeRefusal("stale_timestamp", stale.exchange?.status ?? null),
  ];
}

function listed(headers: Readonly<Record<string, string>>) {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function withoutSecrets({ name, value }: { readonly name: string; readonly value: string }, endpoint: Endpoint) {
  return { name, value: masked(value, endpoint) };
}

/** An endpoint that shows its own surroundings where it fails may show its secret. */
function masked(text: string, { secrets }: Endpoint): string {
  return maskCompletionTokens(
    text,
    secrets.flatMap((secret) => [secret, secret.slice("whsec_".length)]),
  );
}
