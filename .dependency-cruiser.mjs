/**
 * The layers as rules: core decides, adapters act, durable-objects wait, worker listens. test/repo/layers.test.ts
 * plants one violation of each rule and sees it caught.
 * @type {import("dependency-cruiser").IConfiguration}
 */
export default {
  forbidden: [
    {
      name: "core-is-pure",
      comment: "core decides and imports only itself and libraries that are pure: no I/O, no clock, no platform.",
      severity: "error",
      from: { path: "^core/" },
      to: { pathNot: "^(core/|node_modules/(zod|temporal-polyfill|temporal-spec|temporal-utils)/)" },
    },
    {
      name: "adapters-know-only-core",
      comment: "An adapter acts on one outside thing; who calls it is not its business.",
      severity: "error",
      from: { path: "^adapters/" },
      to: { path: "^(durable-objects|worker|dashboard|sdk)/" },
    },
    {
      name: "only-repositories-speak-sql",
      comment: "D1 is asked in adapters/d1, where each statement is bound to a tenant or says why not.",
      severity: "error",
      from: { path: "^(core|adapters|durable-objects|worker)/", pathNot: "^adapters/d1/" },
      to: { path: "^(node_modules/drizzle-orm/|adapters/d1/[a-z-]*schema\\.ts$)" },
    },
    {
      name: "durable-objects-know-no-worker",
      comment: "Objects wait and are called; the Worker imports them, never the other way.",
      severity: "error",
      from: { path: "^durable-objects/" },
      to: { path: "^(worker|dashboard|sdk)/" },
    },
    {
      name: "worker-knows-no-client",
      comment: "The Worker answers the dashboard and the SDK over HTTP, not by import.",
      severity: "error",
      from: { path: "^worker/" },
      to: { path: "^(dashboard|sdk)/" },
    },
    {
      name: "clients-know-only-the-contract",
      comment: "The dashboard and the SDK share the schemas with the engine, and nothing else.",
      severity: "error",
      from: { path: "^(dashboard|sdk)/" },
      to: { path: "^(core/(?!contract/)|adapters/|durable-objects/|worker/)" },
    },
    {
      name: "examples-stand-alone",
      comment: "A customer copies an example out of here, so it may need nothing of ours but the SDK.",
      severity: "error",
      from: { path: "^examples/" },
      to: { path: "^(core|adapters|durable-objects|worker|dashboard|tools|test|bench)/" },
    },
    {
      name: "product-needs-no-workshop",
      comment: "What is deployed must not lean on tests, tools, examples or measurements.",
      severity: "error",
      from: { path: "^(core|adapters|durable-objects|worker|dashboard|sdk)/" },
      to: { path: "^(test|tools|examples|bench)/" },
    },
    {
      name: "product-needs-no-dev-package",
      comment: "A package that runs on Cloudflare belongs to dependencies; its types may come from devDependencies.",
      severity: "error",
      from: { path: "^(core|adapters|durable-objects|worker)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-circles",
      comment: "Two files that need each other are one file, or three. Types may point back.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-dead-ends",
      comment: "The imported file is not there.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^cloudflare:" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // Only our own: most packages keep their code in a dist/ too, and an excluded import is an import unseen.
    exclude: { path: "^(dist|dashboard/dist|sdk/dist|coverage|\\.wrangler|\\.drafthook)/" },
    tsPreCompilationDeps: true,
    builtInModules: { add: ["cloudflare:workers", "cloudflare:sockets", "cloudflare:test", "cloudflare:email"] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json", ".d.ts"],
    },
  },
};
