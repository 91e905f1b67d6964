import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SandboxMessage } from "../../../../core/contract/sandbox-message.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { faultAt, SelectField, TextAreaField } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";

/** `POST /v1/sandbox/messages/{sendKey}/reply` and `/bounce` answer it: a mail came in, as a lead's would have. */
interface Received {
  readonly inboundId: string;
  readonly kind: string;
}

const KINDS = { reply: "A reply", out_of_office: "An out-of-office message" } as const;
type Kind = keyof typeof KINDS;

const FIRST_WORDS = {
  reply: "Thank you, this sounds good. How about Tuesday at ten?",
  out_of_office: "I am out of the office until Monday and will read your mail then.",
} as const satisfies Record<Kind, string>;

/** What the lead may do with the message. It all goes the way that real mail goes. */
export function ActAsLead({ message }: { readonly message: SandboxMessage }) {
  const path = `/v1/sandbox/messages/${encodeURIComponent(message.sendKey)}`;
  const [kind, setKind] = useState<Kind>("reply");
  const [text, setText] = useState("");
  const [done, setDone] = useState<string | null>(null);
  const change = useChange<Received>([
    "/v1/inbound",
    "/v1/threads",
    "/v1/enrollments",
    "/v1/overview",
    "/v1/suppressions",
  ]);
  const act = async (deed: "reply" | "bounce" | "unsubscribe", body: Record<string, string>, said: string) => {
    await change.mutateAsync({ path: `${path}/${deed}`, body });
    setDone(said);
  };
  const reply = async () => {
    await act("reply", { text, kind }, kind === "reply" ? "The reply came in." : "The out-of-office message came in.");
    setText("");
  };
  return (
    <Card title="Act as the lead">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          void reply().catch(() => {}); // it is shown below
        }}
      >
        <SelectField
          label="Answer with"
          value={kind}
          onChange={({ target }) => setKind(target.value === "out_of_office" ? "out_of_office" : "reply")}
        >
          {Object.entries(KINDS).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </SelectField>
        <TextAreaField
          label="What they write"
          hint="The message is quoted under it, as mail programs do."
          fault={faultAt(change.error, "/text")}
          rows={5}
          value={text}
          placeholder={FIRST_WORDS[kind]}
          onChange={({ target }) => setText(target.value)}
        />
        <ProblemNote error={change.error} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" weight="primary" isBusy={change.isPending} disabled={text.trim() === ""}>
            Send as the lead
          </Button>
          {text === "" ? (
            <Button weight="quiet" onClick={() => setText(FIRST_WORDS[kind])}>
              Use an example
            </Button>
          ) : null}
        </div>
      </form>
      <div aria-live="polite">
        {done === null ? null : (
          <p className="mt-4 rounded-lg bg-good-soft px-3 py-2 text-sm">
            <span className="text-good">{done}</span> See what came of it in{" "}
            <Link
              to="/enrollments/$enrollmentId"
              params={{ enrollmentId: message.enrollmentId }}
              className="text-accent underline"
            >
              the enrollment
            </Link>{" "}
            or{" "}
            <Link
              to="/inbox/$enrollmentId"
              params={{ enrollmentId: message.enrollmentId }}
              className="text-accent underline"
            >
              the conversation
            </Link>
            .
          </p>
        )}
      </div>
      <div className="mt-5 flex flex-wrap gap-2 border-t border-line pt-4">
        <Confirm
          label="Bounce"
          isSmall
          title="Let the message come back?"
          yes="Bounce it"
          onYes={() => act("bounce", { kind: "hard" }, "The bounce came in.")}
        >
          The lead's mail server says that there is no such mailbox. The address of this test lead is then suppressed in
          test mode, as a real one would be.
        </Confirm>
        <Confirm
          label="Bounce, mailbox full"
          isSmall
          weight="normal"
          title="Let the mailbox be full?"
          yes="Bounce it"
          onYes={() => act("bounce", { kind: "soft" }, "The bounce came in.")}
        >
          The lead's mail server refuses this message because the mailbox is full. The address stays good.
        </Confirm>
        <Confirm
          label="Unsubscribe"
          isSmall
          title="Unsubscribe as the lead?"
          yes="Unsubscribe"
          onYes={() => act("unsubscribe", {}, "The lead is unsubscribed.")}
        >
          It does what a mail program does by one click. The test lead is suppressed, and the enrollment ends.
        </Confirm>
      </div>
    </Card>
  );
}
