import type { Api } from "../../api.ts";
import { DOCS_POLICY, docsPage } from "../../docs/page.ts";
import { describeApi, describeSecurity, type OpenApiDocument } from "../../openapi/document.ts";
import { describeWebhooks } from "../../openapi/webhooks.ts";

/** GET /openapi.json and GET /docs. Registered last: they describe what was registered before. */
export function openapi(app: Api): void {
  describeSecurity(app);
  describeWebhooks(app);
  const document = once(() => describeApi(app));
  const page = once(() => docsPage(document()));
  const headers = { "cache-control": "public, max-age=300" };
  app.get("/openapi.json", (c) => c.json<OpenApiDocument>(document(), 200, headers));
  app.get("/docs", async (c) => c.html(await page(), 200, { ...headers, "content-security-policy": DOCS_POLICY }));
}

/** Made at the first request and kept for the isolate's life: it changes with a deployment only. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
