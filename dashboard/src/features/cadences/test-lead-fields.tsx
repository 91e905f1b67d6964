import { useState } from "react";
import type { EnrollmentSummary } from "../../../../core/contract/enrollment.ts";
import { useRead } from "../../api/queries.ts";
import { TextAreaField, TextField } from "../../ui/field.tsx";
import { SearchFilter } from "../../ui/filters.tsx";
import { ProblemNote, Skeleton } from "../../ui/notes.tsx";

/** For whom the endpoint is asked: a lead of the cadence, or one that is made up. */
export type TestLead =
  | { readonly kind: "chosen"; readonly leadExternalId: string | null }
  | { readonly kind: "typed"; readonly name: string; readonly email: string; readonly context: string };

type Body = { readonly ok: true; readonly fields: object } | { readonly ok: false; readonly fault: string };

/** How that stands in the request. */
export function testLeadBody(lead: TestLead): Body {
  if (lead.kind === "chosen")
    return lead.leadExternalId === null
      ? { ok: false, fault: "Choose a lead, or fill one in." }
      : { ok: true, fields: { leadExternalId: lead.leadExternalId } };
  const context = readContext(lead.context);
  if (context === null) return { ok: false, fault: 'The context must be a JSON object, such as {"company": "Acme"}.' };
  const fields = {
    ...(lead.name === "" ? {} : { name: lead.name }),
    ...(lead.email === "" ? {} : { email: lead.email }),
  };
  return { ok: true, fields: { lead: fields, context } };
}

function readContext(text: string): object | null {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

const MADE_UP: TestLead = {
  kind: "typed",
  name: "Jane Doe",
  email: "jane@example.com",
  context: '{\n  "company": "Acme"\n}',
};

interface TestLeadFieldsProps {
  readonly cadenceId: string;
  readonly lead: TestLead;
  readonly onChange: (lead: TestLead) => void;
}

/** Chooses a lead or takes one down; what was typed stays while one looks at the other. */
export function TestLeadFields({ cadenceId, lead, onChange }: TestLeadFieldsProps) {
  const [other, setOther] = useState<TestLead>(MADE_UP);
  const choose = (kind: TestLead["kind"]) => {
    if (kind === lead.kind) return;
    setOther(lead);
    onChange(other);
  };
  return (
    <fieldset className="space-y-3">
      <legend className="text-sm font-medium">Lead</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {(["chosen", "typed"] as const).map((kind) => (
          <label key={kind} className="flex items-center gap-2 py-1">
            <input
              type="radio"
              name="lead"
              className="size-4 accent-(--accent)"
              checked={lead.kind === kind}
              onChange={() => choose(kind)}
            />
            {kind === "chosen" ? "One of this cadence" : "Fill one in"}
          </label>
        ))}
      </div>
      {lead.kind === "chosen" ? (
        <Leads
          cadenceId={cadenceId}
          chosen={lead.leadExternalId}
          onChoose={(id) => onChange({ ...lead, leadExternalId: id })}
        />
      ) : (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label="Name"
            value={lead.name}
            onChange={({ target }) => onChange({ ...lead, name: target.value })}
          />
          <TextField
            label="E-mail address"
            type="email"
            value={lead.email}
            onChange={({ target }) => onChange({ ...lead, email: target.value })}
          />
          <div className="sm:col-span-2">
            <TextAreaField
              label="Context, as JSON"
              className="font-mono text-xs"
              value={lead.context}
              onChange={({ target }) => onChange({ ...lead, context: target.value })}
            />
          </div>
        </div>
      )}
    </fieldset>
  );
}

const SHOWN = 6;

interface LeadsProps {
  readonly cadenceId: string;
  readonly chosen: string | null;
  readonly onChoose: (leadExternalId: string) => void;
}

function Leads({ cadenceId, chosen, onChoose }: LeadsProps) {
  const [search, setSearch] = useState<string>();
  const found = useRead<{ readonly data: readonly EnrollmentSummary[] }>(
    "/v1/enrollments",
    { cadenceId, search, limit: SHOWN },
    { keep: true },
  );
  return (
    <div className="space-y-2">
      <SearchFilter label="Name, address or id" value={search} onChange={setSearch} />
      <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending ? <Skeleton lines={2} /> : null}
      {found.data?.data.length === 0 ? (
        <p className="text-sm text-quiet">
          {search === undefined ? "Nobody is enrolled in it yet. Fill one in." : "Nobody fits that."}
        </p>
      ) : null}
      <ul className="grid gap-1 sm:grid-cols-2">
        {found.data?.data.map(({ id, leadExternalId, leadName, leadEmail }) => (
          <li key={id}>
            <label className="flex items-center gap-2.5 rounded-lg border border-line px-3 py-1.5 text-sm has-checked:border-accent has-checked:bg-accent-soft">
              <input
                type="radio"
                name="chosen-lead"
                className="size-4 shrink-0 accent-(--accent)"
                checked={chosen === leadExternalId}
                onChange={() => onChoose(leadExternalId)}
              />
              <span className="min-w-0">
                <span className="block truncate font-medium">{leadName ?? leadExternalId}</span>
                <span className="block truncate text-xs text-quiet">{leadEmail ?? leadExternalId}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}
