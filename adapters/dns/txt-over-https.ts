import { dnsRecords } from "./over-https.ts";

/** What DNS says of a name's TXT records. `absent` is a definite word, `unavailable` none at all. */
export type TxtAnswer =
  | { readonly kind: "found"; readonly texts: readonly string[] }
  | { readonly kind: "absent" | "unavailable" };

/** The TXT records of a name, each with its strings joined. As `dnsRecords`; it never rejects. */
export async function txtRecords(resolverUrl: string, name: string, now: number): Promise<TxtAnswer> {
  const answer = await dnsRecords(resolverUrl, name, "TXT", now);
  return answer.kind === "found" ? { kind: "found", texts: answer.records.map(joined) } : answer;
}

/** `"one" "two"` as zone files write it; a resolver that has joined the strings itself sends them bare. */
function joined(data: string): string {
  if (!data.startsWith('"')) return data;
  return [...data.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text = ""]) => unescaped(text)).join("");
}

function unescaped(text: string): string {
  return text.replace(/\\(\d{3}|.)/gs, (_all, code: string) =>
    code.length === 3 ? String.fromCharCode(Number(code)) : code,
  );
}
