import { useState } from "react";
import type { CreateApiKey } from "../../../../core/contract/api-key.ts";
import type { Mode } from "../../api/mode.ts";
import { Button } from "../../ui/button.tsx";
import { CheckField, faultAt, SelectField, TextAreaField, TextField } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { addressesIn, CHAPTER_NAMES, CHAPTERS, type Chapter, type Reach, scopesOf } from "./key-scopes.ts";

interface MakeKeyFormProps {
  readonly firstMode: Mode;
  readonly making: { readonly error: unknown; readonly isPending: boolean };
  readonly onMake: (body: CreateApiKey) => void;
  readonly onCancel: () => void;
}

const DAY_MS = 24 * 3600_000;
const LIVES = { never: "No end", "30": "30 days", "90": "90 days", "365": "A year" } as const;

/** What a new key may, from where and for how long. */
export function MakeKeyForm({ firstMode, making, onMake, onCancel }: MakeKeyFormProps) {
  const [name, setName] = useState("");
  const [mode, setMode] = useState(firstMode);
  const [days, setDays] = useState("never");
  const [isAll, setAll] = useState(true);
  const [reaches, setReaches] = useState<Readonly<Partial<Record<Chapter, Reach>>>>({});
  const [addresses, setAddresses] = useState("");
  const scopes = scopesOf(reaches);
  const allowedIps = addressesIn(addresses);
  const addressFault = allowedIps
    .map((address, index) => [address, faultAt(making.error, `/allowedIps/${index}`)] as const)
    .find(([, fault]) => fault !== undefined);
  const make = () =>
    onMake({
      name: name.trim(),
      mode,
      ...(isAll ? {} : { scopes: [...scopes] }),
      ...(days === "never" ? {} : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
      ...(allowedIps.length === 0 ? {} : { allowedIps: [...allowedIps] }),
    });
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <TextField
        label="Name"
        hint="What it is for, such as CRM, production."
        required
        maxLength={100}
        value={name}
        fault={faultAt(making.error, "/name")}
        onChange={({ target }) => setName(target.value)}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Mode"
          hint={mode === "live" ? "It reaches people." : "It reaches test data only, and never a person."}
          value={mode}
          onChange={({ target }) => setMode(target.value === "live" ? "live" : "test")}
        >
          <option value="test">Test</option>
          <option value="live">Live</option>
        </SelectField>
        <SelectField
          label="Opens for"
          value={days}
          fault={faultAt(making.error, "/expiresAt")}
          onChange={({ target }) => setDays(target.value)}
        >
          {Object.entries(LIVES).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </SelectField>
      </div>
      <CheckField
        label="It may do everything that I may"
        hint="Also what there will be. Take it away to choose chapter by chapter."
        checked={isAll}
        onChange={({ target }) => setAll(target.checked)}
      />
      {isAll ? null : <Scopes reaches={reaches} onChange={setReaches} />}
      <TextAreaField
        label="Only from these addresses"
        hint="Addresses or ranges such as 203.0.113.0/24, one a line. Empty: from anywhere."
        rows={2}
        value={addresses}
        fault={addressFault === undefined ? undefined : `${addressFault[0]}: ${addressFault[1]}`}
        onChange={({ target }) => setAddresses(target.value)}
      />
      <ProblemNote error={making.error} />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          type="submit"
          weight="primary"
          isBusy={making.isPending}
          disabled={name.trim() === "" || (!isAll && scopes.length === 0)}
        >
          Make the key
        </Button>
      </div>
    </form>
  );
}

interface ScopesProps {
  readonly reaches: Readonly<Partial<Record<Chapter, Reach>>>;
  readonly onChange: (reaches: Readonly<Partial<Record<Chapter, Reach>>>) => void;
}

function Scopes({ reaches, onChange }: ScopesProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">What it may</legend>
      <div className="divide-y divide-line rounded-lg border border-line">
        {CHAPTER_NAMES.map((chapter) => (
          <div key={chapter} className="flex items-center justify-between gap-4 px-3 py-1.5 text-sm">
            <span className="min-w-0">
              <span className="font-mono text-xs">{chapter}</span>
              <span className="block text-xs text-quiet">{CHAPTERS[chapter]}</span>
            </span>
            <select
              aria-label={`${chapter}: how far`}
              className="h-8 shrink-0 rounded-lg border border-strong-line bg-card px-2 text-sm"
              value={reaches[chapter] ?? "none"}
              onChange={({ target }) => onChange({ ...reaches, [chapter]: target.value })}
            >
              <option value="none">Nothing</option>
              <option value="read">Read</option>
              <option value="write">Read and write</option>
            </select>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
