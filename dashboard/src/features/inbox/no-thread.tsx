import { Empty } from "../../ui/notes.tsx";

/** Beside the list while nothing is chosen. */
export function NoThread() {
  return (
    <Empty title="Choose a conversation">
      Press <kbd className="font-mono">j</kbd> and <kbd className="font-mono">k</kbd> to go through them.
    </Empty>
  );
}
