import { readFileSync } from "node:fs";
import { z } from "zod";
import { PlainError } from "../plain-error.ts";
import { inProject } from "../project.ts";

/** What wrangler.toml says of an installation, as far as deploying it needs to know. */
export interface DeploySettings {
  /** Where wrangler.toml is. */
  readonly configFile: string;
  readonly workerName: string;
  readonly publicUrl: string;
  readonly replyDomain: string;
  readonly databaseName: string;
  /** Null until the database was made. */
  readonly databaseId: string | null;
  readonly bucketNames: readonly string[];
  readonly queueNames: readonly string[];
  readonly requiredSecrets: readonly string[];
  readonly pagesProject: string;
  /** What must be changed in wrangler.toml before people can be reached, each as a sentence. */
  readonly toChange: readonly string[];
}

const Config = z.looseObject({
  name: z.string(),
  vars: z.looseObject({
    PUBLIC_URL: z.string(),
    REPLY_DOMAIN: z.string(),
    LOCAL_MODE: z.string(),
    LOCAL_SPEED: z.string(),
  }),
  d1_databases: z.tuple([z.looseObject({ database_name: z.string(), database_id: z.string().optional() })]),
  r2_buckets: z.array(z.looseObject({ bucket_name: z.string() })),
  queues: z.looseObject({
    producers: z.array(z.looseObject({ queue: z.string() })),
    consumers: z.array(z.looseObject({ queue: z.string() })),
  }),
  secrets: z.looseObject({ required: z.array(z.string()) }),
});

/** Reads wrangler.toml by wrangler itself, and the name of the Pages project. Throws PlainError when it can't be read. */
export async function readSettings(configFile = inProject("wrangler.toml")): Promise<DeploySettings> {
  const { unstable_readConfig: readConfig } = await import("wrangler");
  const read = Config.safeParse(readConfig({ config: configFile }, { hideWarnings: true }));
  if (!read.success) throw new PlainError(`wrangler.toml lacks something: ${z.prettifyError(read.error)}`);
  const {
    name,
    vars,
    d1_databases: [database],
    r2_buckets: buckets,
    queues,
    secrets,
  } = read.data;
  const service = read.data.name;
  return {
    configFile,
    workerName: name,
    publicUrl: vars.PUBLIC_URL,
    replyDomain: vars.REPLY_DOMAIN,
    databaseName: database.database_name,
    databaseId: database.database_id ?? null,
    bucketNames: buckets.map(({ bucket_name: bucket }) => bucket),
    queueNames: [...new Set([...queues.producers, ...queues.consumers].map(({ queue }) => queue))],
    requiredSecrets: secrets.required,
    pagesProject: readPagesProject(service),
    toChange: faultsOf(vars),
  };
}

function readPagesProject(workerName: string): string {
  const text = readFileSync(inProject("dashboard", "wrangler.toml"), "utf8");
  const [, name] = /^name = "([^"]+)"$/m.exec(text) ?? [];
  const [, service] = /^service = "([^"]+)"$/m.exec(text) ?? [];
  if (name === undefined) throw new PlainError('dashboard/wrangler.toml says no `name = "…"`.');
  if (service !== workerName)
    throw new PlainError(
      `dashboard/wrangler.toml binds the service "${service}", but the Worker is "${workerName}" in wrangler.toml: make them one.`,
    );
  return name;
}

function faultsOf(vars: z.infer<typeof Config>["vars"]): readonly string[] {
  const isExample = (text: string) => /(^|\.|\/)example\.(com|org|net)$/.test(text);
  return [
    ...(vars.PUBLIC_URL.startsWith("https://") && !isExample(vars.PUBLIC_URL)
      ? []
      : ["Set PUBLIC_URL in wrangler.toml to the https address of your dashboard: links in mails lead there."]),
    ...(isExample(vars.REPLY_DOMAIN) ? ["Set REPLY_DOMAIN in wrangler.toml to the domain that replies come to."] : []),
    ...(vars.LOCAL_MODE === "off" && vars.LOCAL_SPEED === "1"
      ? []
      : ['Set LOCAL_MODE = "off" and LOCAL_SPEED = "1" in wrangler.toml: they are for one machine.']),
  ];
}
