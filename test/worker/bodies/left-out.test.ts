import { afterEach, expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../support/cadences.ts";
import { restingDraft, wakeUp } from "../../support/held.ts";
import { api } from "../../support/worker.ts";

afterEach(wakeUp);

/** Routes that need no body, with a path that may be asked for; the id doesn't matter where the body is wrong. */
const PATHS = [
  "/v1/cadences/cad_aaaaaaaaaaaaaaaa/publish",
  "/v1/cadences/cad_aaaaaaaaaaaaaaaa/run-now",
  "/v1/enrollments/enr_aaaaaaaaaaaaaaaa/pause",
  "/v1/enrollments/enr_aaaaaaaaaaaaaaaa/resume",
  "/v1/enrollments/enr_aaaaaaaaaaaaaaaa/unenroll",
  "/v1/enrollments/enr_aaaaaaaaaaaaaaaa/connected",
  "/v1/tasks/drf_aaaaaaaaaaaaaaaa_0_1/done",
  "/v1/tasks/drf_aaaaaaaaaaaaaaaa_0_1/skip",
  "/v1/tasks/drf_aaaaaaaaaaaaaaaa_0_1/not-connected",
  "/v1/drafts/drf_aaaaaaaaaaaaaaaa_0_1/release",
  "/v1/drafts/drf_aaaaaaaaaaaaaaaa_0_1/retry",
  "/v1/drafts/drf_aaaaaaaaaaaaaaaa_0_1/skip",
  "/v1/endpoints/end_aaaaaaaaaaaaaaaa/rotate-secret",
  "/v1/endpoints/end_aaaaaaaaaaaaaaaa/test",
  "/v1/linkedin-accounts/lia_aaaaaaaaaaaaaaaa/check",
  "/v1/linkedin-accounts/lia_aaaaaaaaaaaaaaaa/rotate-hook-secret",
  "/v1/mailboxes/mbx_aaaaaaaaaaaaaaaa/self-test",
  "/v1/mailboxes/mbx_aaaaaaaaaaaaaaaa/verify-domain",
  "/v1/sandbox/messages/dh-aaaaaaaaaaaaaaaa-0-0/bounce",
  "/v1/sandbox/messages/dh-aaaaaaaaaaaaaaaa-0-0/unsubscribe",
  "/v1/log/log_aaaaaaaaaaaaaaaa_1/redeliver",
];

test.each(PATHS)("POST %s refuses a body that says what it doesn't know", async (path) => {
  const { ask } = await customer();
  const { status, body } = await ask.post(path, { colour: "red" });
  expect([status, body.code]).toEqual([422, "invalid_request"]);
  expect(body.errors).toEqual([{ pointer: "/colour", detail: "is not a known field" }]);
});

test.each(PATHS)("POST %s refuses a body that isn't JSON, or isn't called so", async (path) => {
  const { ask } = await customer();
  expect((await ask.post(path, "{")).body.code).toBe("invalid_json");
  expect((await ask.post(path, "[]")).body.code).toBe("invalid_request");
  const form = { "content-type": "application/x-www-form-urlencoded" };
  expect((await ask.post(path, "reason=no", form)).body.code).toBe("unsupported_media_type");
});

test.each(PATHS)("POST %s takes no body, an empty one and {} alike, whatever it is called", async (path) => {
  const { ask } = await customer();
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const answers = [
    await ask.post(path),
    await ask.post(path, ""),
    await ask.post(path, "", form),
    await ask.post(path, {}),
  ];
  expect(answers.map(({ body }) => body.code)).toEqual(Array(4).fill("not_found"));
});

test("a held draft is skipped by a request whose empty body is called JSON", async () => {
  const { ask, draftId } = await restingDraft();
  const { status, body } = await ask.post(`/v1/drafts/${draftId}/skip`, "", { "idempotency-key": "skip" });
  expect([status, body.outcomes]).toMatchObject([200, [{ outcome: "skipped" }]]);
  const again = await ask.post(`/v1/drafts/${draftId}/skip`, "", { "idempotency-key": "skip" });
  expect(again.headers.get("idempotency-replayed")).toBe("true");
});

test("an enrollment is ended by a request whose empty body is called JSON; with a reason, by that", async () => {
  const { ask } = await customer();
  const cadenceId = await publishedCadence(ask);
  const [one, two] = [await enrolled(ask, cadenceId), await enrolled(ask, cadenceId, { leadExternalId: "lead-2" })];
  expect((await ask.post(`/v1/enrollments/${one}/unenroll`, "")).body).toMatchObject({ exitReason: "unenrolled" });
  expect((await ask.post(`/v1/enrollments/${two}/unenroll`, { reason: "asked" })).body).toMatchObject({
    exitReason: "asked",
  });
});

test("every POST whose body may be left out says so in openapi.json, and these are all of them", async () => {
  const { paths } = (await api(null).get("/openapi.json")).body as {
    paths: Record<string, { post?: { requestBody?: { required?: boolean } } }>;
  };
  const optional = Object.entries(paths).flatMap(([path, { post }]) =>
    post !== undefined && post.requestBody?.required !== true ? [[path, post.requestBody !== undefined]] : [],
  );
  const shown = PATHS.map((path) =>
    path.replace(/[a-z]{3}_aaaaaaaaaaaaaaaa[^/]*/, "{id}").replace(/dh-a{16}[^/]*/, "{sendKey}"),
  );
  expect(optional.sort()).toEqual(shown.map((path) => [path, true]).sort());
});
