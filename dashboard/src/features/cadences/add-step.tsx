import { Plus } from "lucide-react";
import type { StepKind } from "../../../../core/contract/step.ts";
import { Button } from "../../ui/button.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { kindsToAdd } from "./step-form.tsx";

interface AddStepProps {
  readonly label: string;
  readonly isSmall?: boolean;
  readonly onAdd: (kind: StepKind) => void;
}

/** Adds a step of a kind. Those that the engine can't run yet are shown, and say so. */
export function AddStep({ label, isSmall = false, onAdd }: AddStepProps) {
  return (
    <Menu
      align="start"
      trigger={
        isSmall ? (
          <button
            type="button"
            aria-label={label}
            title={label}
            className="flex size-6 items-center justify-center rounded-md border border-line bg-card text-quiet hover:bg-raised hover:text-ink"
          >
            <Plus className="size-3.5" aria-hidden />
          </button>
        ) : (
          <Button>
            <Plus className="size-4" aria-hidden /> {label}
          </Button>
        )
      }
    >
      {kindsToAdd().map(({ kind, name, notYet }) => (
        <MenuItem key={kind} isDisabled={notYet !== null} onSelect={() => onAdd(kind)}>
          {name}
          {notYet === null ? null : <span className="ml-2 text-xs">{notYet}</span>}
        </MenuItem>
      ))}
    </Menu>
  );
}
