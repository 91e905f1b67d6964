import { useBlocker } from "@tanstack/react-router";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

interface LeaveGuardProps {
  readonly isDirty: boolean;
  readonly onDiscard: () => void;
  /** Whether what was typed is there again when one comes back. */
  readonly isKept?: boolean;
}

/** Whoever goes away from what isn't saved is told. */
export function LeaveGuard({ isDirty, onDiscard, isKept = true }: LeaveGuardProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return (
    <Dialog
      title="Leave without saving?"
      description={
        isKept
          ? "What you typed is kept in this browser, and is here when you come back. Nobody else sees it until you save."
          : "What you changed here isn't kept."
      }
      isOpen
      onClose={blocker.reset}
    >
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          weight="danger"
          onClick={() => {
            onDiscard();
            blocker.proceed();
          }}
        >
          Discard and leave
        </Button>
        {isKept ? <Button onClick={blocker.proceed}>Leave</Button> : null}
        <Button weight="primary" onClick={blocker.reset}>
          Stay
        </Button>
      </div>
    </Dialog>
  );
}
