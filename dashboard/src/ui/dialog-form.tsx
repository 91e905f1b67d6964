import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { ProblemNote } from "./notes.tsx";

interface DialogFormProps {
  /** Does it; what it is refused with comes back as `error`, and what was typed stays. */
  readonly onSubmit: () => Promise<unknown>;
  readonly onCancel: () => void;
  /** The word on the button that does it. */
  readonly yes: ReactNode;
  readonly weight?: "primary" | "danger";
  readonly isBusy: boolean;
  /** Whether something lacks that the form doesn't ask for by itself. */
  readonly isOff?: boolean;
  readonly error?: unknown;
  readonly children: ReactNode;
}

/** What a dialog asks for: its fields, why it was refused, and a way out beside the way on. */
export function DialogForm(props: DialogFormProps) {
  const { onSubmit, onCancel, yes, weight = "primary", isBusy, isOff = false, error = null, children } = props;
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit().catch(() => {}); // it is shown below
      }}
    >
      {children}
      <ProblemNote error={error} />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" weight={weight} isBusy={isBusy} disabled={isOff}>
          {yes}
        </Button>
      </div>
    </form>
  );
}
