import { useState } from "react";
import type { DraftBody } from "../../../../core/contract/draft.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { faultAt, TextAreaField, TextField } from "../../ui/field.tsx";
import { ProblemNote } from "../../ui/notes.tsx";
import { tell } from "../../ui/toast.ts";
import type { EditedWords } from "./held-acts.ts";
import { keepTyped, typedWords } from "./leaving.ts";

interface DraftEditorProps {
  readonly draft: DraftBody;
  readonly onSend: (words: EditedWords) => void;
  readonly onLeave: () => void;
}

/** A person's words in the place of the draft's. What is typed is kept until it is sent or thrown away. */
export function DraftEditor({ draft, onSend, onLeave }: DraftEditorProps) {
  const [words, setWords] = useState<EditedWords>(
    () => typedWords(draft.id) ?? { subject: draft.subject, body: draft.body ?? "" },
  );
  const change = useChange(["/v1/drafts", "/v1/enrollments"]);
  const set = (part: Partial<EditedWords>) => {
    const next = { ...words, ...part };
    setWords(next);
    keepTyped(draft.id, next);
  };
  const keepHeld = async () => {
    await change.mutateAsync({ path: `/v1/drafts/${draft.id}/edit`, body: words });
    keepTyped(draft.id, null);
    tell("Saved. It stays held.");
    onLeave();
  };
  const isEmpty = words.body.trim() === "";
  return (
    <form
      className="space-y-4 rounded-xl border border-accent bg-card p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) onSend(words);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !isEmpty) onSend(words);
        if (event.key === "Escape") onLeave();
      }}
    >
      <TextField
        label="Subject"
        hint={draft.subject === null ? "Empty: it goes into the thread under its subject." : undefined}
        maxLength={255}
        value={words.subject ?? ""}
        fault={faultAt(change.error, "/subject")}
        onChange={({ target }) => set({ subject: target.value === "" ? null : target.value })}
      />
      <TextAreaField
        label="Text"
        rows={14}
        autoFocus
        hint={draft.html === null ? undefined : "It goes as text alone: the HTML part would say something else."}
        value={words.body}
        fault={faultAt(change.error, "/body")}
        onChange={({ target }) => set({ body: target.value })}
      />
      <ProblemNote error={change.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          weight="quiet"
          onClick={() => {
            keepTyped(draft.id, null);
            onLeave();
          }}
        >
          Throw away
        </Button>
        <Button isBusy={change.isPending} disabled={isEmpty} onClick={() => void keepHeld().catch(() => {})}>
          Save, keep it held
        </Button>
        <Button type="submit" weight="primary" disabled={isEmpty}>
          Send it
          <kbd className="ml-1 font-mono text-[11px] opacity-75 max-lg:hidden">Ctrl Enter</kbd>
        </Button>
      </div>
    </form>
  );
}
