import { useSearch } from "@tanstack/react-router";
import { Redo2, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { useMay } from "../../shell/use-me.ts";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Card } from "../../ui/page.tsx";
import { tell, tellWithUndo } from "../../ui/toast.ts";
import { When } from "../../ui/when.tsx";
import { CadenceFrame } from "./cadence-frame.tsx";
import { ConflictNote } from "./conflict-note.tsx";
import { LeaveGuard } from "./leave-guard.tsx";
import { SaveFaults } from "./save-faults.tsx";
import { StepForm } from "./step-form.tsx";
import { StepLine } from "./step-line.tsx";
import { TestCallDialog } from "./test-call-dialog.tsx";
import type { TaggedCadence } from "./use-cadence.ts";
import { type Editor, useEditor } from "./use-editor.ts";
import { useWide } from "./use-wide.ts";

/** What is sent and when: the steps of the draft. */
export function EditorScreen() {
  return <CadenceFrame>{(tagged) => <StepEditor tagged={tagged} />}</CadenceFrame>;
}

function StepEditor({ tagged }: { readonly tagged: TaggedCadence }) {
  const { cadence } = tagged;
  const editor = useEditor(tagged);
  const isReadOnly = !useMay("cadences:write");
  const isWide = useWide();
  const { step: asked } = useSearch({ from: "/cadences/$cadenceId/edit" });
  const [openKey, setOpenKey] = useState<string | null>(
    editor.steps[asked === undefined ? -1 : Number(asked) - 1]?.key ?? null,
  );
  const [testedStep, setTestedStep] = useState<number | null>(null);
  const save = useSave(editor, cadence.autoPublish, setOpenKey);
  useKeys(editor, save);
  const index = editor.steps.findIndex(({ key }) => key === openKey);
  const open = editor.steps[index];
  return (
    <>
      <LeaveGuard isDirty={editor.isDirty} onDiscard={editor.discard} />
      {isReadOnly ? null : <Toolbar editor={editor} autoPublish={cadence.autoPublish} onSave={save} />}
      {editor.theirs === null ? null : <ConflictNote editor={editor} theirs={editor.theirs} />}
      <SaveFaults editor={editor} onOpen={setOpenKey} />
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1fr)_26rem]">
        <StepLine
          editor={editor}
          isReadOnly={isReadOnly}
          openKey={openKey}
          onOpen={setOpenKey}
          opensInLine={!isWide}
          onTestCall={setTestedStep}
        />
        {isWide ? (
          <div className="sticky top-18 max-h-[calc(100dvh-6rem)] self-start overflow-y-auto">
            <Card title={open === undefined ? "Step" : `Step ${index + 1}`}>
              {open === undefined ? (
                <Empty title={editor.steps.length === 0 ? "No steps yet" : "Choose a step"}>
                  {editor.steps.length === 0
                    ? "Add the first one on the left. A cadence begins when a lead is enrolled."
                    : "Its words and conditions open here. Alt and an arrow key move a step up and down."}
                </Empty>
              ) : (
                <StepForm
                  key={open.key}
                  step={open.step}
                  index={index}
                  faults={editor.faults[open.key] ?? {}}
                  isReadOnly={isReadOnly}
                  onChange={(fields) => editor.act({ kind: "change", key: open.key, fields })}
                  onRest={() => editor.act({ kind: "rest" })}
                />
              )}
            </Card>
          </div>
        ) : null}
      </div>
      {testedStep === null ? null : (
        <TestCallDialog cadence={cadence} step={testedStep} onClose={() => setTestedStep(null)} />
      )}
    </>
  );
}

/** Saves, says so, and opens the first step that the engine found wrong. */
function useSave(editor: Editor, autoPublish: boolean, onOpen: (key: string) => void): () => void {
  const { faults, steps } = editor;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the engine has answered, not while one goes on typing
  useEffect(() => {
    const faulty = steps.find(({ key }) => Object.keys(faults[key] ?? {}).length > 0);
    if (faulty === undefined) return;
    onOpen(faulty.key);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }, [editor.error]);
  return () => {
    if (!editor.isDirty || editor.isSaving || editor.theirs !== null) return;
    void editor.save().then((isSaved) => {
      if (isSaved) tell(autoPublish ? "Saved and published." : "Saved to the draft. It runs when it is published.");
    });
  };
}

function useKeys({ act }: Editor, save: () => void): void {
  const always = { preventDefault: true, enableOnFormTags: true } as const;
  useHotkeys("mod+z", () => act({ kind: "undo" }), always);
  useHotkeys("mod+shift+z, mod+y", () => act({ kind: "redo" }), always);
  useHotkeys("mod+s", save, always);
}

interface ToolbarProps {
  readonly editor: Editor;
  readonly autoPublish: boolean;
  readonly onSave: () => void;
}

function Toolbar({ editor, autoPublish, onSave }: ToolbarProps) {
  const { act, canUndo, canRedo, isDirty, isSaving, theirs, discard, keptAt } = editor;
  return (
    <div className="sticky top-13 z-20 -mx-4 mb-3 flex flex-wrap items-center gap-2 border-b border-line bg-paper px-4 py-2 sm:-mx-8 sm:px-8 lg:top-0">
      <Button
        isSmall
        weight="quiet"
        aria-label="Undo"
        title="Undo (Ctrl Z)"
        disabled={!canUndo}
        onClick={() => act({ kind: "undo" })}
      >
        <Undo2 className="size-4" aria-hidden />
      </Button>
      <Button
        isSmall
        weight="quiet"
        aria-label="Redo"
        title="Redo (Ctrl Shift Z)"
        disabled={!canRedo}
        onClick={() => act({ kind: "redo" })}
      >
        <Redo2 className="size-4" aria-hidden />
      </Button>
      <p role="status" className="min-w-0 flex-1 text-xs text-quiet">
        {!isDirty ? (
          autoPublish ? (
            "Saving publishes at once."
          ) : (
            "All changes are saved."
          )
        ) : (
          <>
            Not saved yet; kept in this browser.
            {keptAt === null ? null : (
              <span className="max-sm:hidden">
                {" "}
                You last typed here <When at={keptAt} />.
              </span>
            )}
          </>
        )}
      </p>
      {isDirty ? (
        <Button
          isSmall
          weight="quiet"
          onClick={() => {
            discard();
            tellWithUndo("Your changes are taken back.", () => act({ kind: "undo" }));
          }}
        >
          Discard
        </Button>
      ) : null}
      <Button
        isSmall
        weight={isDirty ? "primary" : "normal"}
        isBusy={isSaving}
        disabled={!isDirty || theirs !== null}
        title="Ctrl S"
        onClick={onSave}
      >
        Save
      </Button>
    </div>
  );
}
