import { type ReactNode, useState } from "react";
import { Button, type Weight } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ProblemNote } from "./notes.tsx";

interface ConfirmProps {
  /** The button that asks. */
  readonly label: ReactNode;
  readonly weight?: Weight;
  readonly isSmall?: boolean;
  readonly title: string;
  /** What comes of it, in plain words. */
  readonly children: ReactNode;
  /** The word on the button that does it. */
  readonly yes: string;
  /** Does it; a rejection is shown, and the dialog stays. */
  readonly onYes: () => Promise<unknown>;
}

/** A button whose deed can't be undone: it says what will happen and asks once. */
export function Confirm({ label, weight = "danger", isSmall = false, title, children, yes, onYes }: ConfirmProps) {
  const [isOpen, setOpen] = useState(false);
  const [doing, setDoing] = useState<"no" | "yes" | { readonly error: unknown }>("no");
  const act = async () => {
    setDoing("yes");
    try {
      await onYes();
      setOpen(false);
      setDoing("no");
    } catch (error) {
      setDoing({ error });
    }
  };
  return (
    <>
      <Button weight={weight} isSmall={isSmall} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog title={title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <div className="text-sm">{children}</div>
        {typeof doing === "object" ? (
          <div className="mt-3">
            <ProblemNote error={doing.error} />
          </div>
        ) : null}
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button
            weight={weight === "danger" ? "danger" : "primary"}
            isBusy={doing === "yes"}
            onClick={() => void act()}
          >
            {yes}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
