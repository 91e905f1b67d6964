import { useState } from "react";
import type { TestCall } from "../../../../core/contract/test-call.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { ExchangeResult } from "../../ui/exchange-result.tsx";
import { CheckField, faultAt, SelectField, TextAreaField, TextField } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";

const KINDS = { email: "An e-mail", linkedin_connect: "A LinkedIn invitation", linkedin_message: "A LinkedIn message" };

/** POST /v1/endpoints/{id}/test: asks it for a draft for a made-up lead, and shows the graded answer. Nobody is written to. */
export function SendTest({ endpointId }: { readonly endpointId: string }) {
  const [stepKind, setStepKind] = useState("email");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [context, setContext] = useState("");
  const [forged, setForged] = useState(true);
  const change = useChange<TestCall>([]);
  const read = readContext(context);
  const send = () => {
    const lead = {
      ...(name === "" ? {} : { name }),
      ...(email === "" ? {} : { email }),
      ...(read.ok && read.context !== null ? { context: read.context } : {}),
    };
    const body = { stepKind, forged, ...(Object.keys(lead).length === 0 ? {} : { lead }) };
    change.mutate({ path: `/v1/endpoints/${endpointId}/test`, body });
  };
  return (
    <Card title="Send a test request">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p className="text-sm text-quiet">
          Asks it for a draft, signed like any other request, for a lead that is made up. Nobody is written to, nothing
          is logged, and the endpoint's health hears nothing of it.
        </p>
        <div className="grid gap-4 sm:grid-cols-3">
          <SelectField
            label="What it is asked for"
            value={stepKind}
            onChange={({ target }) => setStepKind(target.value)}
          >
            {Object.entries(KINDS).map(([kind, words]) => (
              <option key={kind} value={kind}>
                {words}
              </option>
            ))}
          </SelectField>
          <TextField
            label="Name of the lead"
            placeholder="made up"
            fault={faultAt(change.error, "/lead/name")}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <TextField
            label="Address of the lead"
            placeholder="made up"
            fault={faultAt(change.error, "/lead/email")}
            value={email}
            onChange={({ target }) => setEmail(target.value)}
          />
        </div>
        <TextAreaField
          label="Context"
          rows={2}
          placeholder='{"company": "Northwind"}'
          hint="What you give with a lead when you enroll them, as JSON."
          fault={read.ok ? faultAt(change.error, "/lead/context") : "must be a JSON object"}
          className="font-mono"
          value={context}
          onChange={({ target }) => setContext(target.value)}
        />
        <CheckField
          label="See also whether it refuses forged requests"
          hint="Two more are sent: one that is wrongly signed, and one that is old."
          checked={forged}
          onChange={({ target }) => setForged(target.checked)}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" isBusy={change.isPending} disabled={!read.ok}>
            Send it
          </Button>
          <p role="status" className="text-xs text-quiet">
            {change.isPending ? "It has 30 seconds to answer." : ""}
          </p>
        </div>
      </form>
      <div className="mt-4">
        <ProblemNote error={change.error} />
        {change.data === undefined ? null : <ExchangeResult result={change.data} />}
      </div>
    </Card>
  );
}

type Context = { readonly ok: true; readonly context: object | null } | { readonly ok: false };

function readContext(text: string): Context {
  if (text.trim() === "") return { ok: true, context: null };
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ok: true, context: value }
      : { ok: false };
  } catch {
    return { ok: false };
  }
}
