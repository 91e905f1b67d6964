import { useState } from "react";
import { Confirm } from "../../ui/confirm.tsx";
import { faultAt, TextField } from "../../ui/field.tsx";
import { daysOf, shorterTerms, type Terms } from "./retention-terms.ts";
import { SettingsForm } from "./settings-form.tsx";
import { useSaveTenant } from "./use-save-tenant.ts";
import type { WorkspacePartProps } from "./workspace-screen.tsx";

const TERMS = {
  bodiesDays: { name: "Exact bytes", what: "of requests, answers and mails that came in" },
  logDays: { name: "The delivery log", what: "lines of the log, with their bytes" },
  messagesDays: { name: "Words", what: "of messages, mails that came in, and test mail" },
} as const satisfies Record<keyof Terms, object>;
const NAMES = ["bodiesDays", "logDays", "messagesDays"] as const;

/** After how many days what is old is deleted. */
export function RetentionSettings({ tenant: { retention }, mayWrite }: WorkspacePartProps) {
  const [texts, setTexts] = useState(() => ({
    bodiesDays: String(retention.bodiesDays ?? ""),
    logDays: String(retention.logDays ?? ""),
    messagesDays: String(retention.messagesDays ?? ""),
  }));
  const { save, saving } = useSaveTenant();
  const wanted: Terms = {
    bodiesDays: daysOf(texts.bodiesDays),
    logDays: daysOf(texts.logDays),
    messagesDays: daysOf(texts.messagesDays),
  };
  const shorter = shorterTerms(retention, wanted);
  const onSave = () => save({ retention: wanted });
  return (
    <SettingsForm
      title="How long things are kept"
      lead="After so many days what is old is deleted, for good and in both modes. Empty: it is kept. What is needed to match an answer stays as long as one may come."
      mayWrite={mayWrite}
      isDirty={JSON.stringify(wanted) !== JSON.stringify(retention)}
      saving={saving}
      onSave={shorter.length === 0 ? onSave : async () => undefined}
      save={
        shorter.length === 0 ? undefined : (
          <Confirm label="Save…" title="Delete what is older?" yes="Save, and delete it" onYes={onSave}>
            <p>This can't be taken back. From now on these are deleted for good:</p>
            <ul className="mt-2 list-disc pl-5">
              {shorter.map((term) => (
                <li key={term}>
                  {TERMS[term].name} ({TERMS[term].what}) older than {wanted[term]} days.
                </li>
              ))}
            </ul>
          </Confirm>
        )
      }
    >
      <div className="grid gap-4 sm:grid-cols-3">
        {NAMES.map((term) => (
          <TextField
            key={term}
            label={`${TERMS[term].name}, days`}
            hint={TERMS[term].what}
            type="number"
            min={3}
            max={3_650}
            placeholder="kept"
            value={texts[term]}
            fault={faultAt(saving.error, `/retention/${term}`)}
            onChange={({ target }) => setTexts({ ...texts, [term]: target.value })}
          />
        ))}
      </div>
    </SettingsForm>
  );
}
