import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import type { Enroll, EnrollmentBody } from "../../../../core/contract/enrollment.ts";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useChange, useList } from "../../api/queries.ts";
import { Button, buttonLook } from "../../ui/button.tsx";
import { faultAt, SelectField, TextField } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { type ContextDraft, emptyRow, readContext } from "./context-draft.ts";
import { ContextField } from "./context-field.tsx";
import { LeadFields, type LeadText, NO_LEAD_TEXT, orNull } from "./lead-fields.tsx";

/** The answer to enrolling (core/contract/enrollment.ts Enrolled). */
interface EnrolledAnswer {
  readonly created: boolean;
  readonly enrollment: EnrollmentBody;
}

interface Other {
  readonly externalId: string;
  readonly inboxId: string;
  readonly startAt: string;
  readonly sessionId: string;
}

const NO_OTHER: Other = { externalId: "", inboxId: "", startAt: "", sessionId: "" };
const FIELDS = {
  name: "leadName",
  email: "leadEmail",
  timeZone: "leadTimeZone",
  country: "leadCountry",
  linkedinUrl: "leadLinkedinUrl",
  profileUrn: "leadProfileUrn",
} as const satisfies Record<keyof LeadText, keyof Enroll>;

/** One lead, with every field that enrolling takes. */
export function OneLeadForm({ cadence }: { readonly cadence: Cadence | undefined }) {
  const [text, setText] = useState(NO_LEAD_TEXT);
  const [other, setOther] = useState(NO_OTHER);
  const [context, setContext] = useState<ContextDraft>(() => ({ kind: "rows", rows: [emptyRow()] }));
  const mailboxes = useList<Mailbox>("/v1/mailboxes", {}, { staleMs: 60_000 });
  const change = useChange<EnrolledAnswer>(["/v1/enrollments", "/v1/overview"]);
  const read = readContext(context);
  // Whoever has no id of their own is known by the address.
  const externalId = other.externalId.trim() || text.email.trim().toLowerCase();
  const set = (part: Partial<Other>) => setOther((before) => ({ ...before, ...part }));
  const fault = (field: keyof Enroll) => faultAt(change.error, `/${field}`);
  const enroll = async () => {
    if (cadence === undefined || !read.ok) return;
    const body: Partial<Enroll> = {
      leadExternalId: externalId,
      leadName: orNull(text.name),
      leadEmail: orNull(text.email),
      leadTimeZone: orNull(text.timeZone),
      leadCountry: orNull(text.country.toUpperCase()),
      leadLinkedinUrl: orNull(text.linkedinUrl),
      leadProfileUrn: orNull(text.profileUrn),
      sessionId: orNull(other.sessionId),
      inboxId: orNull(other.inboxId),
      startAt: other.startAt === "" ? null : new Date(other.startAt).toISOString(),
      context: { ...read.context },
    };
    await change.mutateAsync({ path: `/v1/cadences/${cadence.id}/enrollments`, body });
  };
  const another = () => {
    change.reset();
    setText(NO_LEAD_TEXT);
    setOther({ ...NO_OTHER, inboxId: other.inboxId });
    setContext({ kind: "rows", rows: [emptyRow()] });
  };
  if (change.data !== undefined) return <EnrolledNote answer={change.data} onAnother={another} />;
  return (
    <form
      noValidate
      className="max-w-2xl space-y-6"
      onSubmit={(event) => {
        event.preventDefault();
        void enroll().catch(() => {}); // it is shown below
      }}
    >
      <LeadFields value={text} onChange={setText} faultOf={(field) => fault(FIELDS[field])} />
      <TextField
        label="Your id"
        hint="By it a lead is enrolled in a cadence once, however often it is sent. Empty: the e-mail address is it."
        maxLength={255}
        autoComplete="off"
        placeholder={text.email.trim().toLowerCase() || "crm-4711"}
        value={other.externalId}
        fault={fault("leadExternalId")}
        onChange={({ target }) => set({ externalId: target.value })}
      />
      <ContextField value={context} onChange={setContext} fault={fault("context")} />
      <details>
        <summary className="w-fit rounded py-1 text-sm font-medium">Mailbox, start and LinkedIn session</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <SelectField
            label="Mailbox"
            hint="Who writes to this lead."
            value={other.inboxId}
            fault={fault("inboxId")}
            onChange={({ target }) => set({ inboxId: target.value })}
          >
            <option value="">As the cadence says</option>
            {mailboxes.rows.map(({ id, email }) => (
              <option key={id} value={id}>
                {email}
              </option>
            ))}
          </SelectField>
          <TextField
            label="Start at"
            type="datetime-local"
            hint="The first step's delay counts from then, by this computer's clock. Empty: now."
            value={other.startAt}
            fault={fault("startAt")}
            onChange={({ target }) => set({ startAt: target.value })}
          />
          <TextField
            label="LinkedIn session"
            hint="Kept until LinkedIn steps are available."
            autoComplete="off"
            value={other.sessionId}
            fault={fault("sessionId")}
            onChange={({ target }) => set({ sessionId: target.value })}
          />
        </div>
      </details>
      <ProblemNote error={change.error} />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          weight="primary"
          isBusy={change.isPending}
          disabled={cadence === undefined || externalId === "" || !read.ok}
        >
          Enroll
        </Button>
        <p className="text-sm text-quiet">
          {cadence === undefined
            ? "Choose a cadence first."
            : externalId === ""
              ? "An e-mail address or an id of yours is needed."
              : `Starts on ${cadence.name}.`}
        </p>
      </div>
    </form>
  );
}

function EnrolledNote({
  answer: { created, enrollment },
  onAnother,
}: {
  readonly answer: EnrolledAnswer;
  readonly onAnother: () => void;
}) {
  const name = enrollment.leadName ?? enrollment.leadEmail ?? enrollment.leadExternalId;
  return (
    <Card className="max-w-2xl">
      <div role="status">
        <p className="font-medium">{created ? `${name} is enrolled.` : `${name} was there already.`}</p>
        <p className="mt-1 text-sm text-quiet">
          {created
            ? "The first step begins when its delay is over and the gates let it."
            : "This id is enrolled in the cadence; nothing in it was changed."}
        </p>
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Link
          to="/enrollments/$enrollmentId"
          params={{ enrollmentId: enrollment.id }}
          className={buttonLook("primary")}
        >
          See the enrollment
        </Link>
        <Button onClick={onAnother}>Add another</Button>
      </div>
    </Card>
  );
}
