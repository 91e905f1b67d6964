import { env } from "cloudflare:workers";
import { SESSION_COOKIE } from "../../../adapters/auth/open-auth.ts";
import { scopesOf } from "../../../core/roles.ts";
import { holds } from "../../../core/scope.ts";
import { browser, person, signIn } from "../../support/people.ts";
import type { Identity } from "./identities.ts";
import type { World } from "./world.ts";

const REFUSED = { status: 401, code: "unauthorized" } as const;
const MISSING_SCOPE = { status: 403, code: "missing_scope" } as const;
const CROSS_SITE = { status: 403, code: "cross_site" } as const;
const NO_ORGANIZATION = { status: 403, code: "no_organization" } as const;
const FOREIGN = { origin: "https://evil.example", "sec-fetch-site": "cross-site" } as const;

/** People who knock at a world with their session's cookie, each as their own browser sends it. */
export async function peopleAround(world: World, otherTenantId: string): Promise<readonly Identity[]> {
  const { tenantId, mode } = world;
  const by = (cookie: string, more: object = {}): Identity["headers"] => {
    const headers = { ...browser(cookie).headers, "drafthook-mode": mode, ...more };
    return () => headers;
  };
  const [owner, viewer, operator] = [
    await person(tenantId, "owner"),
    await person(tenantId, "viewer"),
    await person(tenantId, "operator"),
  ];
  const cookie = await signIn(owner);
  const operated = scopesOf("operator");
  return [
    {
      name: "a viewer",
      headers: by(await signIn(viewer)),
      // All that is read, but for everything at once.
      expected: ({ scope }) => (scope.endsWith(":write") || scope === "data:read" ? MISSING_SCOPE : "as owner"),
    },
    {
      name: "an operator",
      headers: by(await signIn(operator)),
      expected: ({ scope }) => (holds(operated, scope) ? "as owner" : MISSING_SCOPE),
      may: (scope) => holds(operated, scope),
    },
    {
      name: "an owner of another organisation",
      headers: by(await signIn(await person(otherTenantId, "owner"))),
      ...always("as stranger"),
    },
    { name: "a removed member", headers: by(await removedCookie(tenantId)), ...always(NO_ORGANIZATION) },
    {
      name: "a person who is in no organisation",
      headers: by(await signIn(await person())),
      ...always(NO_ORGANIZATION),
    },
    {
      name: "a member with a role that we don't know",
      headers: by(await oddCookie(tenantId)),
      ...always(NO_ORGANIZATION),
    },
    { name: "an owner who has signed out", headers: by(await signedOutCookie(tenantId)), ...always(REFUSED) },
    { name: "a session that is over", headers: by(await oldCookie(tenantId)), ...always(REFUSED) },
    {
      name: "a forged cookie",
      headers: by(`${SESSION_COOKIE}=${"x".repeat(32)}.${"A".repeat(43)}%3D`),
      ...always(REFUSED),
      costsNoLookUp: true,
    },
    {
      name: "a cookie without its signature",
      headers: by(cookie.split(".").slice(0, 2).join(".")),
      ...always(REFUSED),
      costsNoLookUp: true,
    },
    { name: "an empty cookie", headers: by(`${SESSION_COOKIE}=`), ...always(REFUSED), costsNoLookUp: true },
    {
      name: "an owner's browser, sent by a page of another site",
      headers: by(cookie, FOREIGN),
      expected: ({ method }) => (method === "GET" ? "as owner" : CROSS_SITE),
    },
  ];
}

function always(expected: ReturnType<Identity["expected"]>): Pick<Identity, "expected"> {
  return { expected: () => expected };
}

async function removedCookie(tenantId: string): Promise<string> {
  const removed = await person(tenantId, "admin");
  const cookie = await signIn(removed);
  await env.DB.prepare("DELETE FROM members WHERE id = ?").bind(removed.memberId).run();
  return cookie;
}

async function oddCookie(tenantId: string): Promise<string> {
  const odd = await person(tenantId, "owner");
  const cookie = await signIn(odd);
  await env.DB.prepare("UPDATE members SET role = 'owner,admin' WHERE id = ?").bind(odd.memberId).run();
  return cookie;
}

async function signedOutCookie(tenantId: string): Promise<string> {
  const cookie = await signIn(await person(tenantId, "owner"));
  await browser(cookie).post("/auth/sign-out", {});
  return cookie;
}

async function oldCookie(tenantId: string): Promise<string> {
  const late = await person(tenantId, "owner");
  const cookie = await signIn(late);
  await env.DB.prepare("UPDATE sessions SET expires_at = ? WHERE user_id = ?")
    .bind(Date.now() - 1, late.id)
    .run();
  return cookie;
}
