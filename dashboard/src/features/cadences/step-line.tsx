import { useCallback, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Step, StepKind } from "../../../../core/contract/step.ts";
import { tellWithUndo } from "../../ui/toast.ts";
import { AddStep } from "./add-step.tsx";
import { newStep } from "./editor-state.ts";
import { StepCard } from "./step-card.tsx";
import { StepForm } from "./step-form.tsx";
import { KINDS, sayWhen } from "./step-words.ts";
import type { Editor } from "./use-editor.ts";
import { useStepDrops } from "./use-step-drag.ts";

interface StepLineProps {
  readonly editor: Editor;
  readonly isReadOnly: boolean;
  readonly openKey: string | null;
  readonly onOpen: (key: string | null) => void;
  /** Whether the open step is shown in the line, under its card. */
  readonly opensInLine: boolean;
  readonly onTestCall: (index: number) => void;
}

/** The steps one under the other with what lies between them, to be opened, moved, copied and removed. */
export function StepLine({ editor, isReadOnly, openKey, onOpen, opensInLine, onTestCall }: StepLineProps) {
  const { steps, act, faults } = editor;
  const [said, setSaid] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const keys = steps.map(({ key }) => key);
  const joined = keys.join(" ");

  const move = (key: string, to: number) => {
    const from = keys.indexOf(key);
    if (to < 0 || to >= keys.length) {
      setSaid(to < 0 ? "It is the first step already." : "It is the last step already.");
      return;
    }
    const focused = document.activeElement;
    // The card changes its place in the page and would lose the focus by it.
    flushSync(() => act({ kind: "move", key, to }));
    if (focused instanceof HTMLElement) focused.focus();
    setSaid(`Step ${from + 1} is now step ${to + 1} of ${keys.length}.`);
  };
  const drop = useRef(move);
  drop.current = move;
  useStepDrops(
    // biome-ignore lint/correctness/useExhaustiveDependencies: a new list only when the order is another
    useMemo(() => keys, [joined]),
    useCallback((key: string, to: number) => drop.current(key, to), []),
  );

  const add = (at: number, kind: StepKind) => {
    const key = crypto.randomUUID();
    act({ kind: "add", at, added: { key, step: newStep(kind, at === 0) } });
    onOpen(key);
    setSaid(`${KINDS[kind]} added as step ${at + 1}.`);
  };
  const duplicate = (key: string) => {
    const newKey = crypto.randomUUID();
    act({ kind: "duplicate", key, newKey });
    onOpen(newKey);
    setSaid(`Step ${keys.indexOf(key) + 1} copied; the copy is the one after it.`);
  };
  const remove = (key: string, index: number, step: Step) => {
    act({ kind: "remove", key });
    if (openKey === key) onOpen(null);
    setSaid(`Step ${index + 1} removed.`);
    tellWithUndo(`Step ${index + 1} (${KINDS[step.kind]}) is removed.`, () =>
      act({ kind: "add", at: index, added: { key, step } }),
    );
    list.current?.querySelectorAll<HTMLElement>("[data-open-step]")[Math.max(0, index - 1)]?.focus();
  };

  return (
    <div>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <ol ref={list} aria-label="Steps">
        {steps.map(({ key, step }, index) => {
          const isOpen = openKey === key;
          return (
            <li key={key}>
              <Between
                words={sayWhen(step, index)}
                onAdd={isReadOnly ? undefined : (kind) => add(index, kind)}
                index={index}
              />
              <StepCard
                stepKey={key}
                step={step}
                index={index}
                count={steps.length}
                isOpen={isOpen}
                isReadOnly={isReadOnly}
                faultCount={Object.keys(faults[key] ?? {}).length}
                onOpen={() => onOpen(isOpen && opensInLine ? null : key)}
                onMove={(by) => move(key, index + by)}
                onDuplicate={() => duplicate(key)}
                onRemove={() => remove(key, index, step)}
                onTestCall={() => onTestCall(index)}
              >
                {isOpen && opensInLine ? (
                  <StepForm
                    step={step}
                    index={index}
                    faults={faults[key] ?? {}}
                    isReadOnly={isReadOnly}
                    onChange={(fields) => act({ kind: "change", key, fields })}
                    onRest={() => act({ kind: "rest" })}
                  />
                ) : null}
              </StepCard>
            </li>
          );
        })}
      </ol>
      {isReadOnly ? null : (
        <>
          <div className="ml-6 h-4 w-px bg-strong-line" aria-hidden />
          <AddStep
            label={steps.length === 0 ? "Add the first step" : "Add a step"}
            onAdd={(kind) => add(steps.length, kind)}
          />
        </>
      )}
    </div>
  );
}

interface BetweenProps {
  readonly words: string;
  readonly index: number;
  readonly onAdd: ((kind: StepKind) => void) | undefined;
}

/** What lies between two steps: the time, and the place for another one. */
function Between({ words, index, onAdd }: BetweenProps) {
  return (
    <div className="ml-6 flex min-h-9 items-center gap-2 border-l border-strong-line py-1.5 pl-4 text-xs text-quiet">
      <span>{words}</span>
      {onAdd === undefined || index === 0 ? null : (
        <AddStep isSmall label={`Add a step before step ${index + 1}`} onAdd={onAdd} />
      )}
    </div>
  );
}
