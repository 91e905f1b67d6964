import { readUnsubscribeToken } from "../../core/mail/unsubscribe-token.ts";
import type { Api } from "../api.ts";
import { originOf } from "../audit/origin.ts";
import { unsubscribePage } from "./page.ts";
import { unsubscribe } from "./unsubscribe.ts";

/** A mail client's POST is a few dozen bytes; nobody needs more to say one word. */
const BODY_CHARACTERS_MAX = 2_000;

/**
 * GET /u/:token shows a page with a button and changes nothing, since scanners follow links. POST acts, without a cookie,
 * a login or a redirect, whether a mail client sends it (RFC 8058) or the page. An unknown token is answered like a known one.
 */
export function registerUnsubscribe(app: Api): void {
  app.get("/u/:token", (c) => unsubscribePage(c.req.header("accept-language") ?? "", "asking"));
  app.post("/u/:token", async (c) => {
    const token = readUnsubscribeToken(c.req.param("token"));
    const body = (await c.req.text()).slice(0, BODY_CHARACTERS_MAX);
    const by = body.includes("One-Click") ? "one_click" : "page";
    const origin = { from: originOf(c), requestId: c.get("requestId") };
    if (token !== null) await unsubscribe(c.env, token, by, Date.now(), origin);
    return unsubscribePage(c.req.header("accept-language") ?? "", "done");
  });
}
