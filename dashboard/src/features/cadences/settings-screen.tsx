import { useHotkeys } from "react-hotkeys-hook";
import { useMay } from "../../shell/use-me.ts";
import { Button } from "../../ui/button.tsx";
import { CheckField, faultAt, TextAreaField, TextField } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { tell } from "../../ui/toast.ts";
import { CadenceFrame } from "./cadence-frame.tsx";
import { draftOf } from "./definition.ts";
import { SETTING_NAMES, saySetting } from "./field-words.ts";
import { LeaveGuard } from "./leave-guard.tsx";
import { SettingsEnds } from "./settings-ends.tsx";
import { SettingsSenders } from "./settings-senders.tsx";
import { SettingsTimes } from "./settings-times.tsx";
import type { TaggedCadence } from "./use-cadence.ts";
import { useNames } from "./use-names.ts";
import { type SettingsPart, useSettings } from "./use-settings.ts";

/** What holds for all steps of one cadence. */
export function SettingsScreen() {
  return <CadenceFrame>{(tagged) => <SettingsForm tagged={tagged} />}</CadenceFrame>;
}

function SettingsForm({ tagged }: { readonly tagged: TaggedCadence }) {
  const { cadence } = tagged;
  const isReadOnly = !useMay("cadences:write");
  const settings = useSettings(tagged);
  const { value, error, set, isDirty, isSaving, changed, discard, clash } = settings;
  const save = () => {
    if (!isDirty || isSaving) return;
    void settings.save().then((isSaved) => {
      if (isSaved)
        tell(cadence.autoPublish ? "Saved and published." : "Saved to the draft. It runs when it is published.");
    });
  };
  useHotkeys("mod+s", save, { preventDefault: true, enableOnFormTags: true });
  const part: SettingsPart = { value, error, set };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <LeaveGuard isDirty={isDirty} onDiscard={discard} isKept={false} />
      <fieldset disabled={isReadOnly} className="grid min-w-0 grid-cols-1 gap-5 xl:grid-cols-2">
        <legend className="sr-only">Settings</legend>
        <div className="min-w-0 space-y-5">
          <General {...part} />
          <SettingsSenders {...part} />
          <SettingsEnds {...part} />
        </div>
        <div className="min-w-0 space-y-5">
          <SettingsTimes {...part} />
          <UnderEachMessage {...part} />
        </div>
      </fieldset>
      {isReadOnly ? null : (
        <div className="sticky bottom-0 z-20 -mx-4 mt-6 space-y-3 border-t border-line bg-paper px-4 py-3 sm:-mx-8 sm:px-8">
          <Clash clash={clash} cadence={cadence} />
          <ProblemNote error={error} />
          <div className="flex flex-wrap items-center justify-end gap-2">
            <p role="status" className="min-w-0 flex-1 basis-48 text-xs text-quiet">
              {isDirty
                ? `${changed.length === 1 ? "1 change isn't" : `${changed.length} changes aren't`} saved yet. `
                : ""}
              {cadence.autoPublish
                ? "Saving publishes at once; enrollments under way stay on their version."
                : "Saving changes the draft; what runs changes when it is published."}
            </p>
            {isDirty ? (
              <Button weight="quiet" onClick={discard}>
                Discard
              </Button>
            ) : null}
            <Button type="submit" weight={isDirty ? "primary" : "normal"} isBusy={isSaving} disabled={!isDirty}>
              {clash.length > 0 ? "Save mine" : "Save"}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}

function General({ value, error, set }: SettingsPart) {
  return (
    <Card title="General">
      <div className="space-y-4">
        <TextField
          label="Name"
          required
          maxLength={200}
          value={value.name}
          fault={faultAt(error, "/name")}
          onChange={({ target }) => set({ name: target.value })}
        />
        <TextAreaField
          label="Description"
          rows={2}
          value={value.description ?? ""}
          fault={faultAt(error, "/description")}
          onChange={({ target }) => set({ description: target.value === "" ? null : target.value })}
        />
        <CheckField
          label="Publish every change at once"
          hint="Otherwise changes gather in the draft until somebody publishes them."
          checked={value.autoPublish}
          onChange={({ target }) => set({ autoPublish: target.checked })}
        />
      </div>
    </Card>
  );
}

function UnderEachMessage({ value, error, set }: SettingsPart) {
  return (
    <Card title="Under each message">
      <div className="space-y-4">
        <CheckField
          label="Signature and postal address of the mailbox"
          checked={value.addFooter}
          onChange={({ target }) => set({ addFooter: target.checked })}
        />
        <TextField
          label="Words of the unsubscribe link"
          hint="Empty: no link. Mail programs are told how to unsubscribe in any case."
          placeholder="Unsubscribe"
          maxLength={100}
          value={value.unsubscribeLink ?? ""}
          fault={faultAt(error, "/unsubscribeLink")}
          onChange={({ target }) => set({ unsubscribeLink: target.value === "" ? null : target.value })}
        />
      </div>
    </Card>
  );
}

interface ClashProps {
  readonly clash: ReturnType<typeof useSettings>["clash"];
  readonly cadence: TaggedCadence["cadence"];
}

/** Somebody else has set the same thing meanwhile: theirs is shown, what was typed stands in the form. */
function Clash({ clash, cadence }: ClashProps) {
  const nameOf = useNames();
  if (clash.length === 0) return null;
  const theirs = draftOf(cadence);
  return (
    <div role="alert" className="rounded-lg bg-warn-soft px-4 py-3 text-sm">
      <p className="font-medium text-warn">Somebody else has changed the same settings meanwhile.</p>
      <ul className="mt-1 list-disc pl-4">
        {clash.map((field) => (
          <li key={field}>
            {isNamed(field)
              ? `${SETTING_NAMES[field]}: theirs is “${saySetting(theirs, field, nameOf)}”. Yours stands in the form.`
              : `${field}: yours stands in the form.`}
          </li>
        ))}
      </ul>
      <p className="mt-1 text-quiet">Save once more to put yours in its place, or discard to keep theirs.</p>
    </div>
  );
}

function isNamed(field: string): field is keyof typeof SETTING_NAMES {
  return field in SETTING_NAMES;
}
