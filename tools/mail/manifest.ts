import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Line = z.object({
  file: z.string(),
  kind: z.string(),
  expected: z
    .object({
      hard: z.boolean().nullish(),
      permanent: z.boolean().nullish(),
      recipients: z.array(z.string()).nullish(),
      dsn_recipients: z.array(z.string()).nullish(),
      original_message_id: z.string().nullish(),
      reply: z.string().nullish(),
      reply_alternatives: z.array(z.string()).nullish(),
      subject: z.string().nullish(),
      subtype: z.string().nullish(),
    })
    .default({}),
});
/** One line of a manifest.jsonl: a mail and what is known to be true of it. Keys we don't use are ignored. */
export type Labelled = z.infer<typeof Line>;

/** The mails of a folder with a manifest.jsonl; null when there is none. Throws, naming the line, when one can't be read. */
export function readManifest(folder: string): readonly Labelled[] | null {
  const path = join(folder, "manifest.jsonl");
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const parsed = Line.safeParse(parseJson(line));
    if (!parsed.success) throw new Error(`${path}, line ${index + 1}: ${z.prettifyError(parsed.error)}`);
    return [parsed.data];
  });
}

/** The kind of ours that a kind of the manifest stands for; null where it asserts nothing about it. */
export function expectedKind(kind: string): string | null {
  if (kind === "human_reply") return "human";
  if (kind === "calendar_other") return "other";
  return kind === "mime" ? null : kind;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
