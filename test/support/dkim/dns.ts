import type { TxtAnswer } from "../../../adapters/dns/txt-over-https.ts";

/** A stub of DNS: these TXT records, each under its whole name, and nothing else. `asked` lists what was looked up. */
export function dnsWith(records: Readonly<Record<string, string>>): {
  readonly lookUp: (name: string) => Promise<TxtAnswer>;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const lookUp = async (name: string): Promise<TxtAnswer> => {
    asked.push(name);
    const record = records[name];
    return record === undefined ? { kind: "absent" } : { kind: "found", texts: [record] };
  };
  return { lookUp, asked };
}
