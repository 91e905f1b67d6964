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

/** Adds a step of a kind. */
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
      {kindsToAdd().map(({ kind, name }) => (
        <MenuItem key={kind} onSelect={() => onAdd(kind)}>
          {name}
        </MenuItem>
      ))}
    </Menu>
  );
}
