import { toast } from "sonner";

/** Says in passing that something is done. */
export function tell(text: string): void {
  toast.success(text);
}

/** Says in passing that something failed, in the engine's words. */
export function tellFault(error: unknown): void {
  toast.error(error instanceof Error ? error.message : "That did not work.");
}

/** Says in passing what was done on this page, and takes it back on a press. */
export function tellWithUndo(text: string, onUndo: () => void): void {
  toast(text, { action: { label: "Undo", onClick: onUndo } });
}

/** How long a deed can be taken back before it is done. */
const UNDO_MS = 5_000;

/**
 * Does something that can't be undone once it is done, a few seconds later: until then one press takes it back. `onUndone` puts
 * the screen back; a failure is told and puts it back too. Leaving the page does it at once.
 */
export function doWithUndo(text: string, act: () => Promise<unknown>, onUndone: () => void): void {
  let isOpen = true;
  const settle = async () => {
    if (!isOpen) return;
    isOpen = false;
    removeEventListener("pagehide", settle);
    try {
      await act();
    } catch (error) {
      onUndone();
      tellFault(error);
    }
  };
  const timer = setTimeout(settle, UNDO_MS);
  addEventListener("pagehide", settle);
  toast(text, {
    duration: UNDO_MS,
    action: {
      label: "Undo",
      onClick: () => {
        isOpen = false;
        clearTimeout(timer);
        removeEventListener("pagehide", settle);
        onUndone();
      },
    },
  });
}
