import { Dialog } from "../ui/dialog.tsx";
import { PLACES } from "./places.ts";

const EVERYWHERE: readonly (readonly [keys: string, what: string])[] = [
  ["Ctrl K", "Search, or go to a screen"],
  ["/", "Search in the list"],
  ["j and k", "Next and last row of a list"],
  ["Enter", "Open the row"],
  ["?", "This"],
];

/** All keys. */
export default function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const goings = PLACES.flat().map(({ key, name }) => [`g ${key}`, `Go to ${name}`] as const);
  return (
    <Dialog title="Keyboard" isOpen onClose={onClose}>
      <dl className="grid grid-cols-[6rem_1fr] gap-y-1.5 text-sm">
        {[...EVERYWHERE, ...goings].map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded border border-line bg-raised px-1.5 font-mono text-xs">{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
