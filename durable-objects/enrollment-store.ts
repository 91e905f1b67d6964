import type { CadenceVersion } from "../core/cadence.ts";
import { THREAD_MESSAGES_MAX } from "../core/contract/limits.ts";
import type { Write } from "../core/effects.ts";
import type { Enrollment } from "../core/enrollment.ts";
import type { JournalEntry, ThreadMessage } from "../core/journal.ts";
import { type SealedLink, sealLine } from "./seal-line.ts";

/** One line waiting to be sent to the log queue. Lines that were written before there was a chain have no `link`. */
export interface OutboxLine {
  readonly n: number;
  readonly entry: JournalEntry;
  readonly link?: SealedLink;
  /** The bytes that were handed to the provider, of a message that counts as sent. */
  readonly payload?: string;
}

/** What an enrollment's object stores beside the state and its cadence; oldest first. */
export interface StoredBesides {
  /** Number of the last line of the journal. */
  readonly lines: number;
  readonly texts: readonly { readonly key: string; readonly text: string }[];
  readonly thread: readonly ThreadMessage[];
  readonly outbox: readonly OutboxLine[];
}

/** How long lines are looked after that the queue has taken; in milliseconds since then. */
export interface Keeping {
  /** When they are looked at, so that a restart in between is noticed: from when a batch is soon written to when it came late. */
  readonly lookedAtMs: readonly number[];
  /** When they are deleted; not before the last look. */
  readonly deletedAtMs: number;
}

/** Longer than a batch takes to be written. */
const KEEPING: Keeping = { lookedAtMs: [], deletedAtMs: 30_000 };

interface HandOver {
  readonly to: number;
  readonly at: number;
}

interface Head {
  readonly state: Enrollment;
  /** Number of the last journal line. */
  readonly lines: number;
  /** What the next line hangs on; absent before the first that hangs on anything. */
  readonly chain?: string | null;
}

/**
 * The object's own SQLite. `head` holds the state (row 1) and the cadence version (row 2); `texts` exact bytes of what
 * is on its way; `thread` the conversation; `outbox` the journal lines that the log queue hasn't taken yet. Only the
 * enrollment object writes here, and `forget` removes all of it.
 */
export class EnrollmentStore {
  private readonly storage: DurableObjectStorage;
  private readonly sql: SqlStorage;
  private lines = 0;
  private chain: string | null = null;
  private made = false;
  /**
   * What the queue has taken, oldest first: lines up to `to`, since `at`. They stay a while longer: a queue on one machine
   * lives in memory, and what was lost with it is offered again after the restart, when this is forgotten.
   */
  private taken: readonly HandOver[] = [];
  /** How many of the looks the last lines have had. */
  private looks = 0;
  /** The last line that was deleted in this life of the object. */
  private tidied = 0;
  private readonly keeping: Keeping;

  constructor(storage: DurableObjectStorage, keeping = KEEPING) {
    this.storage = storage;
    this.sql = storage.sql;
    this.keeping = keeping;
  }

  /** The state and its cadence, or null when this object never began or was emptied. */
  load(): { readonly state: Enrollment; readonly cadence: CadenceVersion } | null {
    const tables = this.sql
      .exec<{ n: number }>("SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'head'")
      .one();
    this.made = tables.n > 0;
    if (!this.made) return null;
    const rows = this.sql.exec<{ id: number; json: string }>("SELECT id, json FROM head ORDER BY id").toArray();
    const [head, cadence] = rows;
    if (head === undefined || cadence === undefined) return null;
    const parsed = JSON.parse(head.json) as Head;
    this.lines = parsed.lines;
    this.chain = parsed.chain ?? null;
    return { state: parsed.state, cadence: JSON.parse(cadence.json) as CadenceVersion };
  }

  /** Everything of one transition in one synchronous turn, so in one transaction. */
  commit(state: Enrollment, writes: readonly Write[], cadence?: CadenceVersion): void {
    this.storage.transactionSync(() => {
      if (!this.made) this.create();
      let { lines, chain } = this;
      for (const write of writes) {
        if (write.type !== "journal") {
          this.write(write);
          continue;
        }
        lines += 1;
        const link = sealLine(state.id, lines, chain, write.entry);
        chain = link.chainSha256;
        this.putOut(lines, write.entry, link);
      }
      this.tidy(Date.now());
      const head: Head = { state, lines, chain };
      this.sql.exec(
        "INSERT INTO head (id, json) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json",
        JSON.stringify(head),
      );
      if (cadence !== undefined) this.sql.exec("INSERT INTO head (id, json) VALUES (2, ?)", JSON.stringify(cadence));
      this.lines = lines;
      this.chain = chain;
    });
  }

  text(key: string): string | null {
    return this.sql.exec<{ text: string }>("SELECT text FROM texts WHERE key = ?", key).toArray()[0]?.text ?? null;
  }

  /** The newest messages of the conversation, oldest first. */
  thread(messagesMax: number): ThreadMessage[] {
    return this.sql
      .exec<{ json: string }>("SELECT json FROM thread ORDER BY n DESC LIMIT ?", messagesMax)
      .toArray()
      .map((row) => JSON.parse(row.json) as ThreadMessage)
      .reverse();
  }

  /** All that is stored beside the state and its cadence, to be taken along. */
  besides(): StoredBesides {
    const texts = this.sql.exec<{ key: string; text: string }>("SELECT key, text FROM texts ORDER BY key").toArray();
    const outbox = this.sql.exec<{ n: number; json: string }>("SELECT n, json FROM outbox ORDER BY n").toArray();
    return {
      lines: this.lines,
      texts,
      thread: this.thread(THREAD_MESSAGES_MAX),
      outbox: outbox.map(readLine).map(({ link: _, ...line }) => line),
    };
  }

  /**
   * Takes in what another installation had beside the state; to be called before the first commit. Texts that nothing names stay
   * behind, and the chain begins anew: of what was before only the other installation can give evidence.
   */
  putBesides({ lines, texts, thread, outbox }: StoredBesides, named: ReadonlySet<string>): void {
    this.storage.transactionSync(() => {
      if (!this.made) this.create();
      for (const { key, text } of texts) if (named.has(key)) this.write({ type: "keep_text", key, text });
      for (const message of thread) this.write({ type: "keep_message", message });
      for (const line of outbox) this.putLine(line);
      this.lines = lines;
      this.chain = null;
    });
  }

  /** Lines that the queue hasn't taken yet. */
  outbox(): OutboxLine[] {
    if (!this.made) return [];
    return this.sql
      .exec<{ n: number; json: string }>(
        "SELECT n, json FROM outbox WHERE n > ? ORDER BY n",
        this.taken.at(-1)?.to ?? 0,
      )
      .toArray()
      .map(readLine);
  }

  /** The number of the last line of the journal: so many there are, in the log too once it has caught up. */
  lastLine(): number {
    return this.lines;
  }

  /** The end of the chain: the last line, and the hash that stands for all of them; null where none has one yet. */
  chainEnd(): { readonly line: number; readonly chainSha256: string | null } {
    return { line: this.lines, chainSha256: this.chain };
  }

  /** The queue has taken the lines up to `n`. */
  handedOver(n: number, now: number): void {
    this.taken = [...this.taken, { to: n, at: now }];
    this.looks = 0;
  }

  /** Everything that is still here is to be offered once more: what comes twice is written once. */
  offerAgain(): void {
    this.taken = [];
  }

  /** When lines that the queue has are to be looked at, or deleted; null when there are none. Commits do it by the way. */
  tidyAt(): number | null {
    const last = this.taken.at(-1);
    if (last === undefined || last.to <= this.tidied) return null;
    return last.at + (this.keeping.lookedAtMs[this.looks] ?? this.keeping.deletedAtMs);
  }

  /** Deletes the lines that the queue has had for long enough. */
  tidy(now: number): void {
    const last = this.taken.at(-1);
    this.looks = last === undefined ? 0 : this.keeping.lookedAtMs.filter((after) => last.at + after <= now).length;
    const old = this.taken.filter((handOver) => handOver.at + this.keeping.deletedAtMs <= now).at(-1);
    if (old === undefined || old.to <= this.tidied) return;
    this.sql.exec("DELETE FROM outbox WHERE n <= ?", old.to);
    this.tidied = old.to;
    // The last stays, to know what the queue has.
    this.taken = this.taken.filter(({ to }, n) => to > old.to || n === this.taken.length - 1);
  }

  /** Nothing is left, the alarm included (compatibility date from 2026-02-24 on). */
  async forget(): Promise<void> {
    await this.storage.deleteAll();
    this.made = false;
    this.lines = 0;
    this.chain = null;
    this.taken = [];
    this.tidied = 0;
  }

  /** The same for a person who was erased; what stays is that nothing may begin here again. */
  async erase(): Promise<void> {
    await this.forget();
    this.sql.exec("CREATE TABLE erased (id INTEGER PRIMARY KEY)");
  }

  /** Whether the person was erased whose enrollment this was. */
  isErased(): boolean {
    return this.sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'erased'").toArray().length > 0;
  }

  private create(): void {
    this.sql.exec("CREATE TABLE IF NOT EXISTS head (id INTEGER PRIMARY KEY, json TEXT NOT NULL)");
    this.sql.exec("CREATE TABLE IF NOT EXISTS texts (key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID");
    this.sql.exec("CREATE TABLE IF NOT EXISTS thread (n INTEGER PRIMARY KEY, json TEXT NOT NULL)");
    this.sql.exec("CREATE TABLE IF NOT EXISTS outbox (n INTEGER PRIMARY KEY, json TEXT NOT NULL)");
    this.made = true;
  }

  /** With a message the bytes that it went out as: after this commit they are kept nowhere else. */
  private putOut(line: number, entry: JournalEntry, link: SealedLink): void {
    const sendKey = entry.kind === "message" ? entry.message.detail["sendKey"] : undefined;
    const payload = typeof sendKey === "string" ? this.text(sendKey) : null;
    this.putLine({ n: line, entry, link, ...(payload === null ? {} : { payload }) });
  }

  private putLine({ n, entry, link, payload }: OutboxLine): void {
    const whole = { ...entry, ...(link === undefined ? {} : { link }), ...(payload === undefined ? {} : { payload }) };
    this.sql.exec("INSERT INTO outbox (n, json) VALUES (?, ?)", n, JSON.stringify(whole));
  }

  private write(write: Exclude<Write, { type: "journal" }>): void {
    switch (write.type) {
      case "keep_text":
        this.sql.exec(
          "INSERT INTO texts (key, text) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text",
          write.key,
          write.text,
        );
        return;
      case "drop_text":
        this.sql.exec("DELETE FROM texts WHERE key = ?", write.key);
        return;
      case "keep_message":
        this.sql.exec("INSERT INTO thread (json) VALUES (?)", JSON.stringify(write.message));
        // D1 has all of them; here are those that the next request carries along.
        this.sql.exec("DELETE FROM thread WHERE n <= (SELECT max(n) FROM thread) - ?", THREAD_MESSAGES_MAX);
        return;
    }
  }
}

function readLine({ n, json }: { readonly n: number; readonly json: string }): OutboxLine {
  const { link, payload, ...entry } = JSON.parse(json) as JournalEntry & Omit<OutboxLine, "n" | "entry">;
  return { n, entry, ...(link === undefined ? {} : { link }), ...(payload === undefined ? {} : { payload }) };
}
