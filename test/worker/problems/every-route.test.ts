import { expect, test } from "vitest";
import { Problem } from "../../../core/contract/problem.ts";
import { app } from "../../../worker/app.ts";
import { describeApi } from "../../../worker/openapi/document.ts";
import { type Answered, type ApiClient, api, seedTenant } from "../../support/worker.ts";

type Method = "get" | "post" | "put" | "patch" | "delete";
const METHODS: readonly Method[] = ["get", "post", "put", "patch", "delete"];

interface Route {
  readonly method: Method;
  readonly template: string;
  readonly path: string;
  readonly takesBody: boolean;
  readonly mustHaveBody: boolean;
}

/** Generated from the document: a new route is tried with the next run. */
const ROUTES: readonly Route[] = Object.entries(describeApi(app).paths ?? {}).flatMap(([template, methods]) =>
  Object.entries(methods as Record<string, { requestBody?: { required?: boolean } }>).map(
    ([method, { requestBody }]) => ({
      method: method as Method,
      template,
      path: template.replaceAll(/\{\w+\}/g, "aaaaaaaaaaaaaaaa"),
      takesBody: requestBody !== undefined,
      mustHaveBody: requestBody?.required === true,
    }),
  ),
);
const WITH_BODY = ROUTES.filter(({ takesBody, path }) => takesBody && path.startsWith("/v1"));

/** Asks with a body of this text and type. */
async function send(client: ApiClient, { method, path }: Route, text: string, type: string): Promise<Answered> {
  if (method === "get" || method === "delete") throw new Error(`${method} ${path} takes a body`);
  const token = path.endsWith("/completion") ? "?token=x" : "";
  return client[method](`${path}${token}`, text, { "content-type": type });
}

/** What is wrong with a refusal; null for one that is as every refusal must be. */
function faultOf(answer: Answered, status: number, code: string): string | null {
  const shape = Problem.safeParse(answer.body);
  const isProblem = answer.headers.get("content-type") === "application/problem+json" && shape.success;
  const isNamed = answer.headers.get("x-request-id") === answer.body?.instance;
  return isProblem && isNamed && answer.status === status && answer.body.status === status && answer.body.code === code
    ? null
    : `${answer.status} ${answer.headers.get("content-type")} ${JSON.stringify(answer.body)}`;
}

/** `/v1/suppressions/export` is also a `/v1/suppressions/{id}`. */
function fits({ template }: Route, path: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path);
}

async function faults(
  tries: readonly { readonly what: string; readonly ask: () => Promise<string | null> }[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { what, ask } of tries) {
    const fault = await ask();
    if (fault !== null) found.push(`${what}: ${fault}`);
  }
  return found;
}

async function tryAll(
  text: string,
  type: string,
  status: number,
  code: string,
  routes = WITH_BODY,
): Promise<readonly string[]> {
  const client = api((await seedTenant()).key);
  return faults(
    routes.map((route) => ({
      what: `${route.method} ${route.path}`,
      ask: async () => faultOf(await send(client, route, text, type), status, code),
    })),
  );
}

test("there are routes with bodies to try", () => {
  expect(WITH_BODY.length).toBeGreaterThan(20);
});

test("400: every route says that what isn't JSON is none", async () => {
  for (const text of ["{", '{"a":1,}', "\u0000", "<xml/>"])
    expect(await tryAll(text, "application/json", 400, "invalid_json")).toEqual([]);
});

test("413: every route refuses a body over 1 MiB, but the import, which takes eight", async () => {
  const large = JSON.stringify({ name: "x".repeat(1024 * 1024) });
  const others = WITH_BODY.filter(({ path }) => path !== "/v1/tenant/import");
  expect(others.length).toBe(WITH_BODY.length - 1);
  expect(await tryAll(large, "application/json", 413, "payload_too_large", others)).toEqual([]);
});

test("415: every route refuses a body that doesn't say it is JSON", async () => {
  for (const type of [
    "text/plain",
    "application/xml",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
  ])
    expect(await tryAll('{"name":"x"}', type, 415, "unsupported_media_type")).toEqual([]);
});

test("422: every route that needs a body refuses one with a field that it doesn't know", async () => {
  const needing = WITH_BODY.filter(({ mustHaveBody, path }) => mustHaveBody && !path.includes("/completion"));
  expect(await tryAll('{"aFieldOfNobody":1}', "application/json", 422, "invalid_request", needing)).toEqual([]);
});

test("405: every path refuses every other method, with the ones that it takes", async () => {
  const client = api((await seedTenant()).key);
  const taken = new Map<string, Method[]>();
  for (const { path } of ROUTES)
    taken.set(path, [...new Set(ROUTES.filter((route) => fits(route, path)).map(({ method }) => method))]);
  const tries = [...taken].flatMap(([path, methods]) =>
    METHODS.filter((method) => !methods.includes(method)).map((method) => ({
      what: `${method} ${path}`,
      ask: async () => {
        const answer = await client[method](path);
        const allow = methods.flatMap((name) => (name === "get" ? ["GET", "HEAD"] : [name.toUpperCase()])).sort();
        return answer.headers.get("allow") === allow.join(", ")
          ? faultOf(answer, 405, "method_not_allowed")
          : `${answer.status} allow: ${answer.headers.get("allow")}`;
      },
    })),
  );
  expect(tries.length).toBeGreaterThan(100);
  expect(await faults(tries)).toEqual([]);
});

test("404: every path that is none of ours, with a key, is told in problem+json", async () => {
  const client = api((await seedTenant()).key);
  const paths = [
    "/v1",
    "/v1/",
    "/v1/nothing",
    "/v1/cadences/",
    "/v1/cadences/a/b/c/d",
    "/v2/cadences",
    "/v1//cadences",
    "/V1/cadences",
    "/v1/%E0%A4%A",
    "/v1/cadences/%2e%2e",
    "/nothing",
    "/.env",
    "/wp-login.php",
  ];
  expect(
    await faults(
      paths.flatMap((path) =>
        METHODS.map((method) => ({
          what: `${method} ${path}`,
          ask: async () => faultOf(await client[method](path), 404, "not_found"),
        })),
      ),
    ),
  ).toEqual([]);
});

test("401: without a key every route but the open ones says so before it looks at anything else", async () => {
  const client = api(null);
  const open = new Set(["/v1/drafts/aaaaaaaaaaaaaaaa/completion"]);
  const tries = ROUTES.filter(({ path }) => path.startsWith("/v1") && !open.has(path)).map(({ method, path }) => ({
    what: `${method} ${path}`,
    ask: async () => faultOf(await client[method](path), 401, "unauthorized"),
  }));
  expect(tries.length).toBeGreaterThan(40);
  expect(await faults(tries)).toEqual([]);
});

test("the control: a refusal that isn't told as a problem is found", async () => {
  const answer = await api(null).get("/v1/tenant");
  expect(faultOf(answer, 401, "unauthorized")).toBeNull();
  expect(
    faultOf({ ...answer, headers: new Headers({ "content-type": "application/json" }) }, 401, "unauthorized"),
  ).not.toBeNull();
  expect(faultOf({ ...answer, body: "Unauthorized" }, 401, "unauthorized")).not.toBeNull();
  expect(faultOf(answer, 403, "unauthorized")).not.toBeNull();
});
