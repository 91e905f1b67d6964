import { html } from "hono/html";
import { MODE_HEADER } from "../../core/contract/common.ts";
import { CONTEXT_BYTES_MAX } from "../../core/contract/limits.ts";
import { PROBLEMS } from "../../core/problems.ts";
import type { Html } from "./prose.ts";

/** What holds for every request. */
export function introduction(): Html {
  return html`<section id="requests"><h2>Requests</h2>
    <p>JSON over HTTPS under <code>/v1</code>. Times are RFC 3339 in UTC. Bodies are strict: a field that we don't know is an error, so a typo never passes in silence. A body may have 1 MiB, a lead's <code>context</code> ${CONTEXT_BYTES_MAX / 1024} KiB.</p>
    <h3 id="authentication">Keys</h3>
    <p>Send your key as <code>Authorization: Bearer dh_live_…</code> or as <code>X-API-Key</code>. A <code>dh_test_</code> key sees only test data (mode <code>sandbox</code>) and its mail reaches nobody: read it under <a href="#op-listSandboxMessages"><code>/v1/sandbox/messages</code></a>. What a key may not see is not found, word for word like what isn't there.</p>
    <p>A key may be cut down when it is made: to <code>scopes</code> (each route says which one it needs; <code>write</code> reads too), to a time (<code>expiresAt</code>), and to addresses (<code>allowedIps</code>). A key makes no key that may more than it may itself. A revoked key opens nothing from the next request on.</p>
    <p>A person who has signed in at <a href="/sign-in"><code>/sign-in</code></a> asks by their session's cookie, as their role in the organisation allows: <code>viewer</code>, <code>operator</code>, <code>admin</code> or <code>owner</code>. <code>${MODE_HEADER}: live</code> or <code>test</code> says which mode is meant, <code>test</code> when left out. What changes something must come from a page of this installation. <a href="#op-getMe"><code>GET /v1/me</code></a> says who asks.</p>
    <h3 id="lists">Lists</h3>
    <p>Newest first, <code>limit</code> rows a page. Hand <code>nextCursor</code> back as <code>cursor</code> until it is null. Rows that come in meanwhile neither repeat nor hide others.</p>
    <h3 id="idempotency">Repeating a request safely</h3>
    <p>Every POST takes an <code>Idempotency-Key</code> of 1 to 255 printable characters. For 24 hours the same request under the same key is done once and answered the same, with <code>idempotency-replayed: true</code>. Another body is <a href="#idempotency_mismatch">422</a>; while the first still runs it is <a href="#idempotency_in_progress">409</a>. A refusal (4xx) and a failure of ours (5xx) don't use the key up: mend what was wrong and send it again. A secret is shown once: a repeat has null in its place and the code <code>secret_already_shown</code>.</p>
  </section>`;
}

/** Every code that an error may carry; each has an anchor, which a problem's `type` names. */
export function problemTable(): Html {
  return html`<section id="problems"><h2>Problems</h2>
    <p>Every error is <code>application/problem+json</code> (RFC 9457): <code>code</code> is stable and for programs, <code>detail</code> says what to change, <code>errors</code> points at each faulty field (RFC 6901), <code>instance</code> is the request's id, as in the header <code>x-request-id</code>.</p>
    <div class="scroll"><table>
      <thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
      <tbody>${Object.entries(PROBLEMS).map(([code, { status, title }]) => html`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`)}</tbody>
    </table></div>
  </section>`;
}
