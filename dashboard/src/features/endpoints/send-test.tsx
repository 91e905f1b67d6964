import { useState } from "react";
import type { TestCall } from "../../../../core/contract/test-call.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { ExchangeResult } from "../../ui/exchange-result.tsx";
import { SelectField } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";

const KINDS = { email: "An e-mail", linkedin_connect: "A LinkedIn invitation", linkedin_message: "A LinkedIn message" };

/** POST /v1/endpoints/{id}/test: asks it for a draft for a lead that isn't there, and grades the answer. Nothing is sent to anybody. */
export function SendTest({ endpointId }: { readonly endpointId: string }) {
  const [stepKind, setStepKind] = useState("email");
  const change = useChange<TestCall>([]);
  return (
    <Card title="Send a test request">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ path: `/v1/endpoints/${endpointId}/test`, body: { stepKind } });
        }}
      >
        <p className="text-sm text-quiet">
          Asks it for a draft, signed like any other request, for a lead that is made up. Nobody is written to, and
          nothing is remembered of it.
        </p>
        <div className="flex flex-wrap items-end gap-3">
          <div className="w-56">
            <SelectField
              label="What it is asked for"
              value={stepKind}
              onChange={({ target }) => setStepKind(target.value)}
            >
              {Object.entries(KINDS).map(([kind, name]) => (
                <option key={kind} value={kind}>
                  {name}
                </option>
              ))}
            </SelectField>
          </div>
          <Button type="submit" isBusy={change.isPending}>
            Send it
          </Button>
        </div>
        <p role="status" className="text-xs text-quiet">
          {change.isPending ? "It may take up to 30 seconds to answer." : ""}
        </p>
      </form>
      <ProblemNote error={change.error} />
      {change.data === undefined ? null : <ExchangeResult result={change.data} />}
    </Card>
  );
}
