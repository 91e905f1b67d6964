import { useState } from "react";
import type { EnrollmentBody, LeadEdit } from "../../../../core/contract/enrollment.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { faultAt } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { tell } from "../../ui/toast.ts";
import { draftOf, readContext } from "./context-draft.ts";
import { ContextField } from "./context-field.tsx";
import { LeadFields, type LeadText, orNull } from "./lead-fields.tsx";

/** Corrects a lead for what is still to be sent. */
export function EditLead({ enrollment }: { readonly enrollment: EnrollmentBody }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit lead</Button>
      <Dialog
        title="The lead"
        description="What changes counts for what is still to be sent. What was sent stays as it was."
        isWide
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      >
        <EditForm enrollment={enrollment} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function EditForm({ enrollment, onDone }: { readonly enrollment: EnrollmentBody; readonly onDone: () => void }) {
  // As it was when the form was opened: it is read anew every few seconds, and what was typed must stay.
  const [before] = useState(() => textOf(enrollment));
  const [text, setText] = useState(before);
  const [contextBefore] = useState(enrollment.context);
  const [draft, setDraft] = useState(() => draftOf(enrollment.context));
  const change = useChange(["/v1/enrollments"]);
  const context = readContext(draft);
  const save = async () => {
    if (!context.ok) return;
    const isSame = JSON.stringify(context.context) === JSON.stringify(contextBefore);
    const lead: LeadEdit = { ...changedOf(before, text), ...(isSame ? {} : { context: { ...context.context } }) };
    await change.mutateAsync({ path: `/v1/enrollments/${enrollment.id}`, method: "PATCH", body: { lead } });
    tell("The lead is changed.");
    onDone();
  };
  return (
    <form
      noValidate
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void save().catch(() => {}); // it is shown below
      }}
    >
      <LeadFields value={text} onChange={setText} faultOf={(field) => faultAt(change.error, `/lead/${field}`)} />
      <ContextField value={draft} onChange={setDraft} fault={faultAt(change.error, "/lead/context")} />
      <ProblemNote error={change.error} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" weight="primary" isBusy={change.isPending} disabled={!context.ok}>
          Save
        </Button>
      </div>
    </form>
  );
}

function textOf(enrollment: EnrollmentBody): LeadText {
  return {
    name: enrollment.leadName ?? "",
    email: enrollment.leadEmail ?? "",
    timeZone: enrollment.leadTimeZone ?? "",
    country: enrollment.leadCountry ?? "",
    linkedinUrl: enrollment.leadLinkedinUrl ?? "",
    profileUrn: enrollment.leadProfileUrn ?? "",
  };
}

/** Only what was changed: what somebody else has changed meanwhile stays. */
function changedOf(before: LeadText, after: LeadText): Partial<Record<keyof LeadText, string | null>> {
  const names = Object.keys(after) as (keyof LeadText)[];
  return Object.fromEntries(
    names.filter((name) => before[name] !== after[name]).map((name) => [name, orNull(after[name])]),
  );
}
