import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";

/** One lead of leads.csv, as it is enrolled. */
export interface Lead {
  readonly externalId: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly country: string;
  /** What the drafter is handed back; see examples/drafter/README.md. */
  readonly context: Readonly<Record<string, string | number | boolean>>;
}

/** The 25 leads of leads.csv, which is a file as a spreadsheet writes it: UTF-8 with a BOM, CRLF, quoted where needed. */
export function readLeads(): readonly Lead[] {
  const text = readFileSync(join(import.meta.dirname, "leads.csv"));
  return z
    .array(Row)
    .parse(parse(text, { bom: true, columns: true }))
    .map(toLead);
}

const Row = z.object({
  externalId: z.string().min(1),
  name: z.string().min(1),
  email: z.string().min(1),
  company: z.string(),
  city: z.string(),
  interest: z.string(),
  timeZone: z.string(),
  country: z.string(),
  customerSince: z.string(),
  askAgainInSeconds: z.string(),
  needsResearch: z.string(),
});

function toLead({
  externalId,
  name,
  email,
  timeZone,
  country,
  company,
  city,
  interest,
  ...rest
}: z.infer<typeof Row>): Lead {
  const { customerSince, askAgainInSeconds, needsResearch } = rest;
  const context = {
    ...{ company, city, interest },
    ...(customerSince === "" ? {} : { customerSince }),
    ...(askAgainInSeconds === "" ? {} : { askAgainInSeconds: Number(askAgainInSeconds) }),
    ...(needsResearch === "" ? {} : { needsResearch: true }),
  };
  return { externalId, name, email, timeZone, country, context };
}
