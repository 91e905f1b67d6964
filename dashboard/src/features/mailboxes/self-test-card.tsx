import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";

type SelfTest = NonNullable<Mailbox["selfTest"]>;

/** A message from the mailbox to itself, by way of its provider and back in; step by step. */
export function SelfTestCard({ mailbox, mayWrite }: { readonly mailbox: Mailbox; readonly mayWrite: boolean }) {
  const change = useChange<SelfTest>(["/v1/mailboxes"]);
  const test = mailbox.selfTest;
  const canBeTested = mailbox.provider !== "sandbox";
  return (
    <Card title="Self-test">
      <div className="space-y-4 text-sm">
        <p className="text-quiet">
          One message goes from the mailbox to itself, by its provider and back in here. It shows whether mail leaves,
          comes in, and what becomes of it on the way.
        </p>
        {canBeTested ? null : <p>A sandbox sends nothing, so nothing can come back from it.</p>}
        {test !== null ? <Steps of={test} /> : canBeTested ? <p>It was never tested.</p> : null}
        <ProblemNote error={change.error} />
        {mayWrite && canBeTested ? (
          <Button
            isBusy={change.isPending}
            onClick={() => change.mutate({ path: `/v1/mailboxes/${mailbox.id}/self-test` })}
          >
            {test === null ? "Test it" : "Test it again"}
          </Button>
        ) : null}
      </div>
    </Card>
  );
}

function Steps({ of }: { readonly of: SelfTest }) {
  const { state, sentAt, arrivedAt, detail, keepsMessageId, dkim, dkimAligned, lostHeaders } = of;
  const hasArrived = state === "arrived";
  return (
    <div aria-live="polite" className="space-y-3">
      <ol className="space-y-2">
        <Step is={state === "failed" ? "bad" : "good"}>
          {state === "failed" ? "The provider didn't take it" : "The provider took it"} <When at={sentAt} />
        </Step>
        {state === "failed" ? null : (
          <Step is={hasArrived ? "good" : state === "missing" ? "bad" : "open"}>
            {arrivedAt !== null ? (
              <>
                It came in <When at={arrivedAt} />
              </>
            ) : state === "missing" ? (
              "It didn't come in within ten minutes"
            ) : (
              "On its way; this shows it as soon as it comes in"
            )}
          </Step>
        )}
        {hasArrived ? (
          <>
            <Step is={dkim === "pass" && dkimAligned !== false ? "good" : dkim === "not_checked" ? "open" : "bad"}>
              {sayDkim(dkim, dkimAligned)}
            </Step>
            <Step is={keepsMessageId === null ? "open" : "good"}>
              {keepsMessageId === null
                ? "Whether our Message-ID is kept isn't known"
                : keepsMessageId
                  ? "It kept our Message-ID"
                  : "It got another Message-ID; replies are found by their address"}
            </Step>
            <Step is={lostHeaders.length === 0 ? "good" : "bad"}>
              {lostHeaders.length === 0 ? "All our headers came through" : `Lost or changed: ${lostHeaders.join(", ")}`}
            </Step>
          </>
        ) : null}
      </ol>
      <p className="rounded-lg bg-raised px-3 py-2">{detail}</p>
    </div>
  );
}

const LOOKS = {
  good: { icon: CircleCheck, colour: "text-good", word: "good" },
  bad: { icon: CircleX, colour: "text-bad", word: "not good" },
  open: { icon: CircleDashed, colour: "text-quiet", word: "open" },
} as const;

function Step({ is, children }: { readonly is: keyof typeof LOOKS; readonly children: ReactNode }) {
  const { icon: Icon, colour, word } = LOOKS[is];
  return (
    <li className="flex gap-2.5">
      <Icon className={`mt-0.5 size-4 shrink-0 ${colour}`} aria-label={word} />
      <span className="min-w-0">{children}</span>
    </li>
  );
}

function sayDkim(dkim: string | null, isAligned: boolean | null): string {
  switch (dkim) {
    case "pass":
      return isAligned === false
        ? "Its signature is good, but another domain signed it (DKIM)"
        : "Its signature is good (DKIM)";
    case "none":
      return "It carries no signature (DKIM)";
    case "not_checked":
    case null:
      return "Its signature wasn't checked (DKIM)";
    default:
      return `Its signature is not good: ${dkim} (DKIM)`;
  }
}
