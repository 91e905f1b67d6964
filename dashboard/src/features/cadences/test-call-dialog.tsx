import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import type { TestCall } from "../../../../core/contract/test-call.ts";
import { call } from "../../api/call.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ExchangeResult } from "../../ui/exchange-result.tsx";
import { SelectField } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { hasUnsaved } from "./kept-draft.ts";
import { KINDS, sumUp } from "./step-words.ts";
import { type TestLead, TestLeadFields, testLeadBody } from "./test-lead-fields.tsx";

interface TestCallDialogProps {
  readonly cadence: Cadence;
  /** Index of the step to begin with. */
  readonly step?: number;
  readonly onClose: () => void;
}

/** Asks the endpoint for a draft as it would be asked for a lead, sends nothing to anybody, and shows both sides. */
export function TestCallDialog({ cadence, step: first, onClose }: TestCallDialogProps) {
  const asked = cadence.steps.flatMap((step, index) =>
    step.kind !== "wait" && step.draftStrategy === "webhook" ? [{ step, index }] : [],
  );
  const [step, setStep] = useState(first ?? asked[0]?.index ?? 0);
  const [lead, setLead] = useState<TestLead>({ kind: "chosen", leadExternalId: null });
  const [fault, setFault] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  const test = useMutation<TestCall, Error, object>({
    mutationFn: (body) => {
      stop.current = new AbortController();
      return call(`/v1/cadences/${cadence.id}/test-call`, { method: "POST", body, signal: stop.current.signal });
    },
  });
  const isStopped = test.error?.name === "AbortError";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = testLeadBody(lead);
    setFault(body.ok ? null : body.fault);
    if (body.ok) test.mutate({ step, ...body.fields });
  };
  const close = () => {
    stop.current?.abort();
    onClose();
  };
  return (
    <Dialog
      title="Test call"
      description="The endpoint is asked for a draft, signed as always. The conversation is empty for it. Nothing is sent to the lead, and nothing of theirs changes."
      isOpen
      onClose={close}
      isWide
    >
      {asked.length === 0 ? (
        <p className="text-sm">No saved step of this cadence asks an endpoint: all words are fixed.</p>
      ) : (
        <form className="space-y-4" onSubmit={submit}>
          {hasUnsaved(cadence.id, cadence.steps) ? (
            <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
              The steps are asked for as they are saved. Save first to try what you typed.
            </p>
          ) : null}
          <SelectField label="Step" value={step} onChange={({ target }) => setStep(Number(target.value))}>
            {asked.map(({ step: one, index }) => (
              <option key={index} value={index}>
                {index + 1}. {KINDS[one.kind]}: {sumUp(one).slice(0, 80)}
              </option>
            ))}
          </SelectField>
          <TestLeadFields cadenceId={cadence.id} lead={lead} onChange={setLead} />
          {fault === null ? null : (
            <p role="alert" className="text-sm font-medium text-bad">
              {fault}
            </p>
          )}
          {isStopped ? (
            <p role="status" className="text-sm text-quiet">
              Stopped. What the endpoint answers now is not waited for.
            </p>
          ) : (
            <ProblemNote error={test.error} />
          )}
          <div className="flex items-center justify-end gap-2">
            {test.isPending ? (
              <>
                <span role="status" className="mr-auto text-sm text-quiet">
                  Waiting for the endpoint, up to 30 seconds.
                </span>
                <Button onClick={() => stop.current?.abort()}>Stop</Button>
              </>
            ) : null}
            <Button type="submit" weight="primary" isBusy={test.isPending}>
              {test.data === undefined ? "Call the endpoint" : "Call again"}
            </Button>
          </div>
        </form>
      )}
      {test.data === undefined ? null : (
        <div className="mt-5 border-t border-line pt-5">
          <ExchangeResult result={test.data} />
        </div>
      )}
    </Dialog>
  );
}
