import { Badge } from "../../ui/badge.tsx";
import type { LeadToSend, ReadRow } from "./row-to-lead.ts";

const COLUMNS: readonly (readonly [name: string, of: (lead: LeadToSend) => string | null | undefined])[] = [
  ["Id", (lead) => lead.leadExternalId],
  ["E-mail", (lead) => lead.leadEmail],
  ["Name", (lead) => lead.leadName],
  ["Time zone", (lead) => lead.leadTimeZone],
  ["Country", (lead) => lead.leadCountry],
  ["LinkedIn", (lead) => lead.leadLinkedinUrl],
  ["Start at", (lead) => lead.startAt],
  ["Context", (lead) => (lead.context === undefined ? undefined : JSON.stringify(lead.context))],
];

/** Rows as they will be sent, with what is wrong with them. */
export function PreviewTable({ rows }: { readonly rows: readonly ReadRow[] }) {
  const columns = COLUMNS.filter(([name, of]) => name === "Id" || rows.some(({ lead }) => of(lead) != null));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and the keyboard must get there
    <section aria-label="Preview" tabIndex={0} className="-m-4 overflow-x-auto p-4">
      <table className="w-full text-sm">
        <thead>
          <tr className="text-left text-xs text-quiet">
            <th scope="col" className="pr-4 pb-2 pl-2 font-medium">
              Row
            </th>
            {columns.map(([name]) => (
              <th key={name} scope="col" className="pr-4 pb-2 font-medium whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <PreviewRow key={row.line} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface PreviewRowProps {
  readonly row: ReadRow;
  readonly columns: typeof COLUMNS;
}

function PreviewRow({ row: { line, lead, faults }, columns }: PreviewRowProps) {
  const look = faults.length > 0 ? "bg-bad-soft" : "";
  return (
    <>
      <tr className={`border-t border-line ${look}`}>
        <td className="py-1.5 pr-4 pl-2 text-quiet tabular-nums">{line}</td>
        {columns.map(([name, of]) => {
          const text = of(lead) ?? "";
          return (
            <td key={name} title={text} className="max-w-60 truncate py-1.5 pr-4">
              {text === "" ? <span className="text-quiet">–</span> : text}
            </td>
          );
        })}
      </tr>
      {faults.length === 0 ? null : (
        <tr className={look}>
          <td />
          <td colSpan={columns.length} className="pr-4 pb-1.5 text-xs text-bad">
            <Badge tone="bad">Left out</Badge> {faults.join(" ")}
          </td>
        </tr>
      )}
    </>
  );
}
