import type { ReactNode } from "react";
import type { AuditEntry } from "../../../../core/contract/audit.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { When } from "../../ui/when.tsx";
import { changedFields, nameAction, nameActor } from "./audit-words.ts";

interface AuditDetailProps {
  readonly entry: AuditEntry;
  readonly onClose: () => void;
  readonly onActor: (actorId: string) => void;
}

/** One act with what it changed. */
export function AuditDetail({ entry, onClose, onActor }: AuditDetailProps) {
  const fields = changedFields(entry);
  return (
    <Dialog title={nameAction(entry.action)} isOpen onClose={onClose} isWide>
      <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-2">
        <Fact name="By">
          <bdi>{nameActor(entry.actor)}</bdi>{" "}
          <Button isSmall weight="quiet" onClick={() => onActor(entry.actor.id)}>
            All of theirs
          </Button>
        </Fact>
        <Fact name="When">
          <When at={entry.at} />
        </Fact>
        <Fact name={`The ${entry.target.kind.replaceAll("_", " ")}`}>
          <code className="font-mono text-xs break-all">{entry.target.id ?? "several"}</code>
        </Fact>
        <Fact name="From">
          {entry.from.address ?? "inside"}
          {entry.from.userAgent === null ? null : (
            <span className="block text-xs break-words text-quiet">{entry.from.userAgent}</span>
          )}
        </Fact>
        <Fact name="Outcome">{entry.outcome === "done" ? "Done" : "Refused"}</Fact>
        <Fact name="Request">
          <code className="font-mono text-xs break-all">{entry.requestId ?? "none"}</code>
        </Fact>
      </dl>
      <h3 className="mt-5 mb-2 text-sm font-semibold">What changed</h3>
      {fields.length === 0 ? (
        <p className="text-sm text-quiet">
          {entry.redactedAt === null ? "No field was changed by it." : "Its personal data was erased."}
        </p>
      ) : (
        <div className="overflow-x-auto rounded-lg border border-line">
          <table className="w-full text-left text-[13px]">
            <thead className="text-xs text-quiet">
              <tr className="border-b border-line">
                <th scope="col" className="px-3 py-2 font-medium">
                  Field
                </th>
                <th scope="col" className="px-3 py-2 font-medium">
                  Before
                </th>
                <th scope="col" className="px-3 py-2 font-medium">
                  After
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line align-top">
              {fields.map(({ name, before, after }) => (
                <tr key={name}>
                  <th scope="row" className="px-3 py-1.5 font-mono text-xs font-normal text-quiet">
                    {name}
                  </th>
                  <Value of={before} />
                  <Value of={after} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Dialog>
  );
}

function Value({ of }: { readonly of: unknown }) {
  return (
    <td className="px-3 py-1.5">
      {of === undefined ? (
        <span className="text-quiet">none</span>
      ) : (
        <code className="font-mono text-xs break-all whitespace-pre-wrap">
          {typeof of === "string" ? of : JSON.stringify(of, null, 1)}
        </code>
      )}
    </td>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-quiet">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
