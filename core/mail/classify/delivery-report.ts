import type { InboundMail } from "../inbound.ts";
import { addressesIn } from "./addresses-in-text.ts";

/** One recipient of a delivery report (RFC 3464 section 2.3), each field as far as it could be read. */
export interface ReportedRecipient {
  /** The address that failed: the final one, else the original one. */
  readonly recipient: string | null;
  /** Lower case: failed, delayed, delivered, relayed, expanded, or a word of the server's own. */
  readonly action: string | null;
  /** RFC 3463, as `5.1.1`. */
  readonly status: string | null;
  readonly diagnostic: string;
}

/**
 * The recipients of the delivery report in a mail: of its delivery-status part, or, where a server or a forwarder pasted
 * the fields into the text, of its explanation (see `explanationOf`). Empty where there is none.
 */
export function reportedRecipients(mail: InboundMail, explanation: string): readonly ReportedRecipient[] {
  const part = mail.deliveryStatus === null ? [] : readReport(mail.deliveryStatus);
  if (part.length > 0) return part;
  const text = `${mail.attachedText ?? ""}\n${explanation}`;
  return /^[> \t]{0,8}(?:final|original)-recipient[ \t]?:/im.test(text) ? readReport(text) : [];
}

/** Longest field that is read; a diagnostic of a server can be a page. */
const FIELD_CHARACTERS_MAX = 2_000;

type Block = Map<string, string>;

function readReport(report: string): ReportedRecipient[] {
  const blocks: Block[] = [];
  let block: Block = new Map();
  let field: string | null = null;
  let isAfterBlank = false;
  const begin = (): void => {
    if (block.has("final-recipient") || block.has("original-recipient")) blocks.push(block);
    block = new Map();
  };
  for (const line of report.split("\n")) {
    if (line.trim() === "") {
      isAfterBlank = true;
      field = null;
      continue;
    }
    const match = FIELD.exec(line.slice(0, FIELD_CHARACTERS_MAX));
    if (match !== null) {
      const name = (match[1] ?? "").toLowerCase();
      // Servers leave out the blank line between recipients, or put one inside; a field told twice is surely the next one.
      const isNext = block.has(name) || (isAfterBlank && isWhole(block));
      if (isNext) begin();
      block.set(name, (match[2] ?? "").trim());
      field = name;
    } else if (field !== null && /^[ \t]/.test(line)) {
      const value = block.get(field) ?? "";
      if (value.length < FIELD_CHARACTERS_MAX) block.set(field, `${value} ${line.trim()}`);
    } else if (!isAfterBlank && field === "diagnostic-code") {
      // Folding lost its indent on the way.
      const value = block.get(field) ?? "";
      if (value.length < FIELD_CHARACTERS_MAX) block.set(field, `${value} ${line.trim()}`);
    } else {
      field = null;
    }
    isAfterBlank = false;
  }
  begin();
  return blocks.slice(0, RECIPIENTS_MAX).map(toRecipient);
}

const RECIPIENTS_MAX = 200;

const FIELD =
  /^[> \t]{0,4}(final-recipient|original-recipient|x-actual-recipient|action|status|diagnostic-code|remote-mta|reporting-mta|last-attempt-date|will-retry-until|x-display-name|arrival-date|x-supplementary-info)[ \t]?:(.*)$/i;

function isWhole(block: Block): boolean {
  return block.has("final-recipient") && (block.has("action") || block.has("status"));
}

function toRecipient(block: Block): ReportedRecipient {
  const action = /^[a-z-]+/i.exec(block.get("action") ?? "")?.[0]?.toLowerCase() ?? null;
  const diagnostic = (block.get("diagnostic-code") ?? "").replace(/^[a-z0-9_-]{1,40}[ \t]?;[ \t]?/i, "");
  const said = [block.get("status") ?? "", diagnostic].map((text) => STATUS.exec(text)?.[0] ?? null);
  const isVague = said[0] == null || /\.0\.0$/.test(said[0]);
  return {
    recipient: addressOf(block.get("final-recipient")) ?? addressOf(block.get("original-recipient")),
    action,
    status: (isVague ? said[1] : null) ?? said[0] ?? null,
    diagnostic: `${diagnostic} ${block.get("x-supplementary-info") ?? ""}`.trim(),
  };
}

const STATUS = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/;

/** A pipe or a path is no address; then the original recipient speaks. */
function addressOf(value: string | undefined): string | null {
  const bare = (value ?? "").replace(/^[a-z0-9_-]{1,40}[ \t]?;[ \t]?/i, "");
  if (/^["|/#]/.test(bare)) return null;
  return addressesIn(bare)[0] ?? null;
}
