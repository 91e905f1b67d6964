import { GitMerge } from "lucide-react";
import type { Step } from "../../../../core/contract/step.ts";
import { Button } from "../../ui/button.tsx";
import { tellWithUndo } from "../../ui/toast.ts";
import { DiffView } from "./diff-view.tsx";
import { plainSteps } from "./editor-state.ts";
import type { Editor } from "./use-editor.ts";
import { diffSteps } from "./version-diff.ts";

/** Somebody else has saved other steps meanwhile: both are shown, and one is chosen. What was typed is lost in neither case. */
export function ConflictNote({ editor, theirs }: { readonly editor: Editor; readonly theirs: readonly Step[] }) {
  const steps = diffSteps(theirs, plainSteps(editor.steps));
  return (
    <section role="alert" className="mb-5 rounded-xl border border-line bg-card">
      <div className="flex flex-wrap items-start gap-3 rounded-t-xl border-b border-line bg-warn-soft px-4 py-3 text-sm">
        <GitMerge className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="font-medium">Somebody else has changed these steps since you began</h2>
          <p className="mt-0.5 text-quiet">
            Below is what your steps do to theirs. Keep yours, and your next saving puts them in place of theirs; or
            take theirs, and undo brings yours back.
          </p>
        </div>
        <div className="flex gap-2">
          <Button
            isSmall
            onClick={() => {
              editor.takeTheirs();
              tellWithUndo("Theirs are here now.", () => editor.act({ kind: "undo" }));
            }}
          >
            Take theirs
          </Button>
          <Button isSmall weight="primary" onClick={editor.keepMine}>
            Keep mine
          </Button>
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section aria-label="Theirs and yours" tabIndex={0} className="max-h-96 overflow-y-auto p-4">
        <DiffView diff={{ steps, settings: [], isSame: false }} />
      </section>
    </section>
  );
}
