import type { LogEntry } from "../../../../core/contract/log.ts";
import { Code } from "../../ui/code.tsx";
import { Card } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { Fact, Facts, WhereFrom } from "./facts.tsx";

const BY: Readonly<Record<string, string>> = {
  engine: "the engine, by itself",
  customer: "your endpoint",
  provider: "the mail provider",
  api: "the API",
};

const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A note of the engine. */
export function NoteEntry({ entry }: { readonly entry: LogEntry }) {
  const { by, gates, ...rest } = entry.detail;
  const simple = Object.entries(rest).filter(([, value]) => value !== null && typeof value !== "object");
  return (
    <div className="grid items-start gap-5 *:min-w-0 lg:grid-cols-2">
      <Card title="What the engine noted">
        <Facts>
          <Fact name="By">{typeof by === "string" ? (BY[by] ?? by) : "the engine, by itself"}</Fact>
          {simple.map(([name, value]) => (
            <Fact key={name} name={inWords(name)}>
              {typeof value === "string" && ISO.test(value) ? (
                <When at={value} isExact />
              ) : (
                <span className="break-words">{String(value)}</span>
              )}
            </Fact>
          ))}
          <WhereFrom entry={entry} />
          {entry.subjectId === null ? null : <Fact name="About" copy={entry.subjectId} />}
        </Facts>
      </Card>
      <div className="space-y-5">
        {Array.isArray(gates) ? (
          <Code label="The gates, as they stood" text={JSON.stringify(gates)} language="json" />
        ) : null}
        <Code label="Detail" text={JSON.stringify(rest)} language="json" />
      </div>
    </div>
  );
}

function inWords(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
