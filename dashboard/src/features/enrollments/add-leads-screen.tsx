import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import { useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { buttonLook } from "../../ui/button.tsx";
import { SelectField } from "../../ui/field.tsx";
import { Empty, ProblemNote, Skeleton } from "../../ui/notes.tsx";
import { Page } from "../../ui/page.tsx";
import { TabLink, TabLinks } from "../../ui/tabs.tsx";
import { FileImport } from "./file-import.tsx";
import { OneLeadForm } from "./one-lead-form.tsx";

/** Puts leads onto a cadence: one by a form, or a file of them. */
export function AddLeadsScreen() {
  const query = useSearch({ from: "/enrollments/add" });
  const navigate = useNavigate({ from: "/enrollments/add" });
  const mayWrite = useMay("enrollments:write");
  const cadences = useList<Cadence>("/v1/cadences", { limit: 200 });
  const [isRunning, setRunning] = useState(false);
  const published = cadences.rows.filter(({ version }) => version !== null);
  const only = published.length === 1 ? published[0]?.id : undefined;
  const chosen = published.find(({ id }) => id === (query.cadenceId ?? only));
  return (
    <Page title="Add leads" lead="Each lead that is added starts on the cadence's published version.">
      {cadences.isPending ? (
        <Skeleton lines={5} />
      ) : cadences.error !== null ? (
        <ProblemNote error={cadences.error} onRetry={() => void cadences.refetch()} />
      ) : !mayWrite ? (
        <Empty title="Your role may not add leads">Ask an owner or admin of the workspace.</Empty>
      ) : published.length === 0 ? (
        <Empty
          title="There is no published cadence yet"
          action={
            <Link to="/cadences" className={buttonLook("primary")}>
              Go to the cadences
            </Link>
          }
        >
          Make one and publish it; then leads can start on it.
        </Empty>
      ) : (
        <div className="max-w-5xl">
          <div className="mb-6 max-w-md">
            <SelectField
              label="Cadence"
              value={chosen?.id ?? ""}
              disabled={isRunning}
              hint={chosen?.enabled === false ? "It is switched off: leads start once it is on again." : undefined}
              onChange={({ target }) =>
                void navigate({ search: (before) => ({ ...before, cadenceId: target.value }), replace: true })
              }
            >
              <option value="" disabled>
                Choose a cadence
              </option>
              {cadences.rows.map(({ id, name, version }) => (
                <option key={id} value={id} disabled={version === null}>
                  {version === null ? `${name} (not published yet)` : name}
                </option>
              ))}
            </SelectField>
          </div>
          <TabLinks label="How to add leads">
            <TabLink
              to="/enrollments/add"
              search={{ ...query, from: undefined }}
              activeOptions={{ includeSearch: true }}
              replace
            >
              One lead
            </TabLink>
            <TabLink
              to="/enrollments/add"
              search={{ ...query, from: "file" }}
              activeOptions={{ includeSearch: true }}
              replace
            >
              File (CSV)
            </TabLink>
          </TabLinks>
          {query.from === "file" ? (
            <FileImport cadence={chosen} onRunning={setRunning} />
          ) : (
            <OneLeadForm cadence={chosen} />
          )}
        </div>
      )}
    </Page>
  );
}
