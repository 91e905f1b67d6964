import type { Judged } from "./evaluate.ts";
import { expectedKind } from "./manifest.ts";

/** One line of the table: how many were right of how many, and how many should be. */
export interface Figure {
  readonly what: string;
  /** How many mails the share is of. */
  readonly count: number;
  /** From 0 to 1; null where there was nothing to judge. */
  readonly share: number | null;
  /** Null where no goal is set. */
  readonly goal: number | null;
  /** The files that were wrong, each with what was wanted and what came. */
  readonly misses: readonly string[];
}

/** Every figure of the goals, and those without a goal that help to find what is wrong. */
export function figuresOf(all: readonly Judged[]): readonly Figure[] {
  const known = all.filter(({ labelled }) => expectedKind(labelled.kind) !== null);
  return [
    recall("any bounce recognised", known, BOUNCES, 0.995),
    precision("  and rightly so", known, BOUNCES, 0.995),
    recall("human kept as human", known, ["human"], 0.995),
    recall("automatic reply recognised", known, ["auto_reply"], 0.95),
    precision("  and rightly so", known, ["auto_reply"], null),
    subtypes(known),
    hardOrSoft(known),
    recipients(known),
    originalIds(known),
    recall("wish to unsubscribe recognised", known, ["unsubscribe"], 0.9),
    precision("  and rightly so", known, ["unsubscribe"], 0.95),
    recall("complaint", known, ["complaint"], 1),
    recall("calendar reply", known, ["calendar_reply"], 1),
    recall("challenge-response", known, ["challenge_response"], 0.9),
    recall("delay told from a bounce", known, ["bounce_delayed"], 0.95),
    recall("report of success", known, ["dsn_success"], null),
    recall("read receipt", known, ["read_receipt"], null),
    share("mails read without a crash", all, 1, ({ crash }) => crash),
    share("clean text exact", all.filter(hasReply), null, textMiss),
  ];
}

const BOUNCES = ["bounce", "bounce_delayed"];

function share(
  what: string,
  of: readonly Judged[],
  goal: number | null,
  missed: (judged: Judged) => string | null,
): Figure {
  const misses = of.flatMap((judged) => {
    const miss = missed(judged);
    return miss === null ? [] : [`${judged.labelled.file}: ${miss}`];
  });
  return {
    what,
    count: of.length,
    share: of.length === 0 ? null : (of.length - misses.length) / of.length,
    goal,
    misses,
  };
}

function recall(what: string, known: readonly Judged[], kinds: readonly string[], goal: number | null): Figure {
  const wanted = known.filter(({ labelled }) => kinds.includes(expectedKind(labelled.kind) ?? ""));
  return share(what, wanted, goal, ({ inspection }) =>
    kinds.includes(inspection?.kind ?? "")
      ? null
      : `taken for ${inspection?.kind} (${inspection?.evidence.join(", ")})`,
  );
}

function precision(what: string, known: readonly Judged[], kinds: readonly string[], goal: number | null): Figure {
  const given = known.filter(({ inspection }) => kinds.includes(inspection?.kind ?? ""));
  return share(what, given, goal, ({ labelled, inspection }) =>
    kinds.includes(expectedKind(labelled.kind) ?? "")
      ? null
      : `is ${labelled.kind}, taken for ${inspection?.kind} (${inspection?.evidence.join(", ")})`,
  );
}

function subtypes(known: readonly Judged[]): Figure {
  const told = known.filter(
    ({ labelled, inspection }) => inspection?.kind === "auto_reply" && labelled.expected.subtype != null,
  );
  return share("  and of which sort", told, null, ({ labelled, inspection }) =>
    inspection?.subtype === labelled.expected.subtype
      ? null
      : `${labelled.expected.subtype}, taken for ${inspection?.subtype}`,
  );
}

function hardOrSoft(known: readonly Judged[]): Figure {
  const told = known.filter(({ labelled }) => labelled.kind === "bounce" && labelled.expected.hard != null);
  return share("hard or soft", told, 0.97, ({ labelled, inspection }) => {
    const bounce = inspection?.bounce ?? null;
    const wanted = labelled.expected.hard === true ? "hard" : "soft";
    if (bounce?.class === wanted) return null;
    return `${wanted}, taken for ${bounce?.class} (${bounce?.reason}, ${bounce?.status}): ${bounce?.diagnostic}`;
  });
}

function recipients(known: readonly Judged[]): Figure {
  const told = known.filter(
    ({ labelled }) => BOUNCES.includes(labelled.kind) && (labelled.expected.recipients?.length ?? 0) > 0,
  );
  return share("failed recipient", told, 0.99, ({ labelled, inspection }) => {
    const ours = same(inspection?.bounce?.recipients ?? []);
    const { recipients: wanted, dsn_recipients: reported } = labelled.expected;
    return [wanted, reported].some((addresses) => addresses != null && same(addresses) === ours)
      ? null
      : `${wanted?.join(" ")}, taken for ${ours}`;
  });
}

function same(addresses: readonly string[]): string {
  return [...new Set(addresses.map((address) => address.toLowerCase()))].sort().join(" ");
}

function originalIds(known: readonly Judged[]): Figure {
  const told = known.filter(({ labelled }) => labelled.expected.original_message_id != null);
  return share("Message-ID of our message", told, 0.99, ({ labelled, inspection }) =>
    inspection?.originalMessageId === labelled.expected.original_message_id
      ? null
      : `${labelled.expected.original_message_id}, taken for ${inspection?.originalMessageId}`,
  );
}

function hasReply({ labelled }: Judged): boolean {
  return labelled.expected.reply != null;
}

function textMiss({ labelled, inspection }: Judged): string | null {
  const { reply, reply_alternatives: others } = labelled.expected;
  const right = [reply, ...(others ?? [])].some(
    (text) => text != null && inLine(text) === inLine(inspection?.text ?? ""),
  );
  return right ? null : "another text";
}

function inLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
