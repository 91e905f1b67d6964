import { ArrowDown, ArrowUp, Clock, Ellipsis, GripVertical, Link2, Mail, SquareCheck } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { Step } from "../../../../core/contract/step.ts";
import { Badge } from "../../ui/badge.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Menu, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { CONDITIONS, KINDS, sumUp } from "./step-words.ts";
import { useStepDrag } from "./use-step-drag.ts";

const ICONS = {
  email: Mail,
  wait: Clock,
  linkedin_connect: Link2,
  linkedin_message: Link2,
  task: SquareCheck,
} as const;

interface StepCardProps {
  readonly stepKey: string;
  readonly step: Step;
  readonly index: number;
  readonly count: number;
  readonly isOpen: boolean;
  readonly isReadOnly: boolean;
  readonly faultCount: number;
  readonly onOpen: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
  readonly onTestCall: () => void;
  /** Its form, where it opens in the line. */
  readonly children?: ReactNode;
}

/** One step in the line. It is taken by its handle, or moved by Alt and an arrow. */
export function StepCard(props: StepCardProps) {
  const { stepKey, step, index, isOpen, isReadOnly, faultCount, onOpen, onMove, children } = props;
  const card = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLSpanElement>(null);
  const drag = useStepDrag(stepKey, card, handle);
  const Icon = ICONS[step.kind];
  const moveByKey = (event: KeyboardEvent) => {
    const by = event.altKey ? { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key] : undefined;
    if (by === undefined || isReadOnly) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <div
      ref={card}
      className={classNames(
        "relative rounded-xl border bg-card",
        isOpen ? "border-accent" : faultCount > 0 ? "border-bad" : "border-line",
        drag === "dragged" && "opacity-50",
        drag === "top" && "before:absolute before:-top-2 before:inset-x-0 before:h-0.5 before:bg-accent",
        drag === "bottom" && "after:absolute after:-bottom-2 after:inset-x-0 after:h-0.5 after:bg-accent",
      )}
    >
      <div className="flex items-center gap-1 p-2">
        <span
          ref={handle}
          title={isReadOnly ? undefined : "Drag to move it"}
          className={classNames(
            "hidden size-7 shrink-0 items-center justify-center text-quiet sm:flex",
            isReadOnly ? "invisible" : "cursor-grab",
          )}
        >
          <GripVertical className="size-4" aria-hidden />
        </span>
        <button
          type="button"
          data-open-step
          aria-expanded={isOpen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={onOpen}
          onKeyDown={moveByKey}
          className="flex min-w-0 flex-1 items-center gap-3 rounded-lg p-1 text-left"
        >
          <span className="flex size-8 shrink-0 items-center justify-center rounded-lg bg-accent-soft text-accent">
            <Icon className="size-4" aria-hidden />
          </span>
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
              {index + 1}. {KINDS[step.kind]}
              <Marks step={step} faultCount={faultCount} />
            </span>
            <span className="block truncate text-xs text-quiet">{sumUp(step)}</span>
          </span>
        </button>
        {isReadOnly ? null : <Deeds {...props} />}
      </div>
      {children ? <div className="border-t border-line p-4">{children}</div> : null}
    </div>
  );
}

function Marks({ step, faultCount }: { readonly step: Step; readonly faultCount: number }) {
  return (
    <>
      {step.kind !== "wait" && step.condition !== null ? <Badge>{CONDITIONS[step.condition]}</Badge> : null}
      {step.kind !== "wait" && step.draftStrategy === "static" ? <Badge tone="info">Fixed words</Badge> : null}
      {faultCount > 0 ? <Badge tone="bad">{faultCount === 1 ? "1 fault" : `${faultCount} faults`}</Badge> : null}
    </>
  );
}

function Deeds({ step, index, count, onMove, onDuplicate, onRemove, onTestCall }: StepCardProps) {
  return (
    <>
      <MoveButton label={`Move step ${index + 1} up`} isOff={index === 0} onPress={() => onMove(-1)}>
        <ArrowUp className="size-4" aria-hidden />
      </MoveButton>
      <MoveButton label={`Move step ${index + 1} down`} isOff={index === count - 1} onPress={() => onMove(1)}>
        <ArrowDown className="size-4" aria-hidden />
      </MoveButton>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`More for step ${index + 1}`}
            className="flex size-7 items-center justify-center rounded-md text-quiet hover:bg-raised hover:text-ink"
          >
            <Ellipsis className="size-4" aria-hidden />
          </button>
        }
      >
        <MenuItem onSelect={onDuplicate}>Duplicate</MenuItem>
        <MenuItem isDisabled={step.kind === "wait" || step.draftStrategy === "static"} onSelect={onTestCall}>
          Test call
        </MenuItem>
        <MenuLine />
        <MenuItem isDangerous onSelect={onRemove}>
          Remove
        </MenuItem>
      </Menu>
    </>
  );
}

interface MoveButtonProps {
  readonly label: string;
  readonly isOff: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** It keeps the focus at the end of the line, where pressing it does nothing but say so. */
function MoveButton({ label, isOff, onPress, children }: MoveButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      onClick={onPress}
      className="flex size-7 items-center justify-center rounded-md text-quiet hover:bg-raised hover:text-ink aria-disabled:opacity-40"
    >
      {children}
    </button>
  );
}
