import { chooseTarget, TARGETS, type Target } from "./columns.ts";

interface ColumnMappingProps {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly targets: readonly Target[];
  readonly onChange: (targets: readonly Target[]) => void;
}

const OPTIONS = Object.entries(TARGETS) as readonly (readonly [Target, string])[];

/** Each column of the file with an example, and what it is. */
export function ColumnMapping({ headers, rows, targets, onChange }: ColumnMappingProps) {
  return (
    <table className="w-full table-fixed text-sm">
      <thead>
        <tr className="text-left text-xs text-quiet">
          <th scope="col" className="w-[30%] pb-2 font-medium">
            Column
          </th>
          <th scope="col" className="pb-2 font-medium max-sm:hidden">
            For example
          </th>
          <th scope="col" className="pb-2 font-medium max-sm:w-[60%] sm:w-56">
            Is the lead's
          </th>
        </tr>
      </thead>
      <tbody>
        {headers.map((header, index) => {
          const target = targets[index] ?? "context";
          const name = header.trim() === "" ? `Column ${index + 1}` : header;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; two may have one name
            <tr key={index} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-3 text-left font-medium break-words">
                {name}
              </th>
              <td className="truncate py-1.5 pr-3 text-quiet max-sm:hidden">{exampleOf(rows, index)}</td>
              <td className="py-1.5">
                <select
                  aria-label={`What column ${name} is`}
                  value={target}
                  onChange={({ target: { value } }) =>
                    onChange(
                      chooseTarget(targets, index, OPTIONS.find(([option]) => option === value)?.[0] ?? "context"),
                    )
                  }
                  className={`h-8 w-full rounded-lg border bg-card px-2 text-sm ${target === "ignore" ? "border-line text-quiet" : target === "context" ? "border-strong-line" : "border-accent"}`}
                >
                  {OPTIONS.map(([option, text]) => (
                    <option key={option} value={option}>
                      {text}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function exampleOf(rows: readonly (readonly string[])[], column: number): string {
  return rows.slice(0, 50).find((row) => (row[column] ?? "").trim() !== "")?.[column] ?? "";
}
