import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineProject } from "vitest/config";
import { makeSelfSignedCertificate } from "./support/self-signed-certificate.ts";

const root = new URL("..", import.meta.url).pathname;
const farSideCertificate = makeSelfSignedCertificate("localhost");

/** Everything that stands on the platform runs in workerd, with the same wrangler.toml as the product. */
export default defineProject(async () => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: `${root}wrangler.toml` },
      miniflare: {
        bindings: {
          TEST_MIGRATIONS: await readD1Migrations(`${root}migrations`),
          PUBLIC_URL: "https://drafthook.test",
          REPLY_DOMAIN: "reply.drafthook.test",
          LOCAL_MODE: "on",
          // The tests about DNS bring their own resolver; the others count what is asked of endpoints.
          DOH_URL: "",
          // What a test asks for in a rush is no flood; those about the limit set their own.
          TENANT_REQUESTS_PER_10_SECONDS: "100000",
          KEK_V1: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
          KEK_V2: "YWJjZGVmMDEyMzQ1Njc4OTAxMjM0NTY3ODlhYmNkZWY=",
          TOKEN_KEY_V1: "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=",
          EVIDENCE_KEY_V1: "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=",
        },
        // As above: the tests about these limits bring their own.
        ratelimits: {
          STRANGERS_LIMIT: { namespace_id: "4101", simple: { limit: 1_000_000, period: 60 } },
          CALLBACKS_LIMIT: { namespace_id: "4102", simple: { limit: 1_000_000, period: 60 } },
        },
        // Real sockets to the mail servers of smtp-far-side.ts, and to no public address; TLS is checked as in production.
        serviceBindings: {
          LOOPBACK: { network: { allow: ["private"], tlsOptions: { trustedCertificates: [farSideCertificate.cert] } } },
        },
        // Nothing that a test forgot to fake may reach a network.
        outboundService: () => new Response("no far side in this test", { status: 599 }),
      },
    }),
  ],
  test: {
    // ES modules in a package that calls itself CommonJS; the Worker's own build bundles them.
    server: { deps: { inline: ["itty-durable"] } },
    name: "workerd",
    // What waits for the log queue waits for its batches, which a busy machine makes longer.
    testTimeout: 20_000,
    // One isolate for all files: starting one takes longer than most files do. So tests name their own tenants.
    isolate: false,
    include: ["adapters/**/*.test.ts", "durable-objects/**/*.test.ts", "worker/**/*.test.ts"],
    root: `${root}test`,
    globalSetup: ["support/smtp-far-side.ts"],
    provide: { farSideCertificate, races: Number(process.env.RACES ?? 50), doubts: Number(process.env.DOUBTS ?? 50) },
  },
}));
