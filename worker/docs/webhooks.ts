import { html } from "hono/html";
import type { OpenApiDocument } from "../openapi/document.ts";
import { operationsOf, parameters, webhookSection } from "./operation.ts";
import type { Html } from "./prose.ts";
import { schemaLink, schemaTable } from "./schema-table.ts";

/** What we send to the customer's endpoint, and what it may answer. */
export function webhooksChapter(document: OpenApiDocument): Html {
  const [draftRequest, ...events] = operationsOf(document.webhooks);
  if (draftRequest === undefined) throw new Error("the document has no webhooks");
  return html`<section id="webhooks"><h2>Webhooks</h2>
    <p>When a step is due we ask your endpoint what it shall say; when something has happened we tell it. Both are one signed POST for each attempt (<a href="https://www.standardwebhooks.com">Standard Webhooks</a>). We never see your prompt and never run a model.</p>
    <h3 id="webhook-headers">Headers</h3>${parameters(draftRequest.operation)}
    ${verifying()}
    <h3 id="draft-request">The draft request</h3>${webhookSection(draftRequest, document)}
    ${answers(document)}
    <h3 id="events">Events</h3>
    <p>They go to the cadence's endpoint, which may subscribe to some of them. Any 2xx is taken. We ignore what we don't know in your answers; please ignore fields that you don't know in ours.</p>
    ${events.map((event) => webhookSection(event, document))}
  </section>`;
}

function verifying(): Html {
  return html`<h3 id="signatures">Checking a signature</h3>
    <p>The key is the base64 after <code>whsec_</code>. Sign <code>webhook-id.webhook-timestamp.body</code> with HMAC-SHA256, with the body's exact bytes, and compare with each signature in the header. Refuse a timestamp more than five minutes away. Any Standard Webhooks library does this:</p>
    <pre tabindex="0"><code>import { Webhook } from "standardwebhooks";
const request = new Webhook(secret).verify(rawBody, headers); // throws when it isn't ours</code></pre>
    <p>A known answer to test your own code: secret <code>whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw</code>, id <code>msg_p5jXN8AQM9LWM0D4loKWxJek</code>, timestamp <code>1614265330</code>, body <code>{"test": 2432232314}</code> give <code>v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=</code>.</p>`;
}

function answers(document: OpenApiDocument): Html {
  return html`<h3 id="draft-answers">Answering a draft request</h3>
    <p>Within 30 s, in at most 256 KiB, exactly one of these verbs (${schemaLink("DraftAnswer")}). Anything else is an invalid answer; it is logged with the reason and asked again twice.</p>
    <div class="scroll"><table>
      <thead><tr><th scope="col">Answer</th><th scope="col">What happens</th></tr></thead>
      <tbody>
        <tr><td><code>{ "body": "…" }</code></td><td>It is sent. With it may stand <code>subject</code>, <code>html</code>, <code>meta</code> (your own note: model, promptVersion, usage) and <code>review: true</code> (hold this one for a person).</td></tr>
        <tr><td><code>{ "skip": true, "reason": "…" }</code></td><td>The step is passed over and the cadence goes on.</td></tr>
        <tr><td><code>{ "defer": { "untilSeconds": 3600 } }</code></td><td>You are asked again that many seconds from now; 60 s to 30 days.</td></tr>
        <tr><td><code>{ "stop": true, "reason": "…" }</code></td><td>The enrollment ends.</td></tr>
        <tr><td>HTTP 202, any body</td><td>The answer comes later as <a href="#op-completeDraft">a POST to <code>completionUrl</code></a>, before <code>expiresAt</code>.</td></tr>
        <tr><td>408, 425, 429, 5xx, no answer</td><td>Asked again after 10 s, 1 m, 5 m, 15 m, 45 m, 2 h, then every 2 h; at most 12 times and never past <code>expiresAt</code>. <code>Retry-After</code> is honoured up to an hour.</td></tr>
        <tr><td>Other 3xx and 4xx, an invalid answer</td><td>Two more tries, then the step's <code>onDraftFailure</code>. Redirects are never followed.</td></tr>
        <tr><td>410</td><td>The endpoint is switched off and its steps are held.</td></tr>
      </tbody>
    </table></div>
    <p>At most ten requests are under way to an endpoint at a time, drafts, events and notices together. What finds no place waits for its turn, which spends no attempt; an enrollment shows it as <code>waitingFor</code> <code>endpoint_health</code>, <code>endpoint_busy</code>. If your answers take long and you need more, make more endpoints.</p>
    <p>When seven of your last ten answers or more were failures, within five minutes, you are left alone: one probe after 30 s, then less and less often, at least every three minutes. No attempt is spent meanwhile; an enrollment shows it as <code>waitingFor</code> <code>endpoint_health</code>. After three good answers what waited comes back, ten a second. To be asked at once, <code>PATCH</code> the endpoint with <code>"enabled": true</code>.</p>
    ${schemaTable({ $ref: "#/components/schemas/DraftAnswer" }, document)}`;
}
