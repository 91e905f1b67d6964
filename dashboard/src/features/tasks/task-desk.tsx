import { type ReactNode, useState } from "react";
import type { Task } from "../../../../core/contract/task.ts";
import { useMay } from "../../shell/use-me.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { TextAreaField, TextField } from "../../ui/field.tsx";
import { tell } from "../../ui/toast.ts";
import { useKeys } from "../../ui/use-keys.ts";
import { ACTS, actOn, keepText, type TaskAct, typedText } from "./task-acts.ts";

interface TaskDeskProps {
  readonly task: Task;
  readonly onActed: () => void;
}

/** The words to copy, or to be put as they were really said, and what became of it. */
export function TaskDesk({ task, onActed }: TaskDeskProps) {
  const { id, kind, subject, text, notes, leadName, leadEmail, leadExternalId } = task;
  const mayWrite = useMay("enrollments:write");
  const [words, setWords] = useState(() => typedText(id));
  const [isSkipping, setSkipping] = useState(false);
  const [reason, setReason] = useState("");
  const isEditing = words !== undefined;
  const now = words ?? text;
  const act = (one: TaskAct) => {
    actOn(id, leadName ?? leadEmail ?? leadExternalId, one);
    onActed();
  };
  const done = () => act({ kind: "done", text: now === text || now.trim() === "" ? null : now });
  const copy = () =>
    void navigator.clipboard.writeText(now).then(
      () => tell("Copied."),
      () => tell("The browser doesn't let it be copied. Select the text instead."),
    );
  const type = (next: string | undefined) => {
    setWords(next);
    keepText(id, next ?? null);
  };
  const canSayNotConnected = kind === "linkedin_message" && task.reply === null;
  useKeys({
    c: now === "" ? undefined : copy,
    o: () => document.querySelector<HTMLAnchorElement>("[data-open-profile]")?.click(),
    ...(mayWrite
      ? {
          d: done,
          s: () => setSkipping(true),
          n: canSayNotConnected ? () => act({ kind: "not-connected" }) : undefined,
          e: () => type(now),
        }
      : {}),
  });
  return (
    <>
      {isEditing ? (
        <TextAreaField
          label={kind === "task" ? "What you really did" : "What you really sent"}
          hint="It is kept in the conversation in the place of what stood there."
          rows={8}
          autoFocus
          value={words}
          onChange={({ target }) => type(target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") type(undefined);
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) done();
          }}
        />
      ) : (
        <div className="rounded-xl border border-line bg-card">
          {subject === null ? null : (
            <p className="border-b border-line px-4 py-2.5 text-sm font-semibold break-words">{subject}</p>
          )}
          <p className="px-4 py-3 text-sm break-words whitespace-pre-wrap">
            {text === "" ? <span className="text-quiet">{NO_TEXT[kind]}</span> : text}
          </p>
        </div>
      )}
      {notes === null ? null : (
        <p className="rounded-lg bg-raised px-3 py-2 text-sm whitespace-pre-wrap">
          <span className="font-medium">Notes:</span> {notes}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {now === "" ? null : (
          <Act shortcut="c" onPress={copy}>
            Copy
          </Act>
        )}
        {mayWrite ? (
          <>
            <Act shortcut="d" isMain onPress={done}>
              {ACTS.done.name}
            </Act>
            {isEditing ? (
              <Button weight="quiet" onClick={() => type(undefined)}>
                As it stood
              </Button>
            ) : (
              <Act shortcut="e" onPress={() => type(now)}>
                I said something else
              </Act>
            )}
            {canSayNotConnected ? (
              <Act shortcut="n" onPress={() => act({ kind: "not-connected" })}>
                {ACTS["not-connected"].name}
              </Act>
            ) : null}
            <Act shortcut="s" onPress={() => setSkipping(true)}>
              {ACTS.skip.name}…
            </Act>
          </>
        ) : null}
      </div>
      {mayWrite ? (
        <p className="text-xs text-quiet">
          Done: {ACTS.done.what} {canSayNotConnected ? `Not connected: ${ACTS["not-connected"].what} ` : ""}Skip:{" "}
          {ACTS.skip.what}
        </p>
      ) : null}
      <Dialog title="Skip this task?" isOpen={isSkipping} onClose={() => setSkipping(false)}>
        <DialogForm
          onSubmit={async () => {
            setSkipping(false);
            act({ kind: "skip", reason: reason.trim() });
          }}
          onCancel={() => setSkipping(false)}
          yes="Skip it"
          isBusy={false}
        >
          <p className="text-sm">{ACTS.skip.what}</p>
          <TextField
            label="Reason"
            hint="It may be left empty. It stands in the timeline."
            maxLength={1_000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </DialogForm>
      </Dialog>
    </>
  );
}

const NO_TEXT = {
  linkedin_connect: "An invitation without a note.",
  linkedin_message: "No words yet.",
  task: "It says no more than its notes.",
} as const satisfies Record<Task["kind"], string>;

interface ActProps {
  readonly shortcut: string;
  readonly isMain?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Act({ shortcut, isMain = false, onPress, children }: ActProps) {
  return (
    <Button weight={isMain ? "primary" : "normal"} aria-keyshortcuts={shortcut} onClick={onPress}>
      {children}
      <kbd className="ml-1 rounded border border-current px-1 font-mono text-[11px] leading-4 opacity-75 max-lg:hidden">
        {shortcut}
      </kbd>
    </Button>
  );
}
