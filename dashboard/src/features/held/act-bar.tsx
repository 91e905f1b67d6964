import { Button } from "../../ui/button.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { ACTS, type HeldAct } from "./held-acts.ts";

interface ActBarProps {
  readonly acts: readonly HeldAct[];
  readonly onAct: (act: HeldAct) => void;
}

/** What can be done, each with its key and what comes of it. */
export function ActBar({ acts, onAct }: ActBarProps) {
  useKeys(Object.fromEntries(acts.map((act) => [ACTS[act].key, () => onAct(act)])));
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-2">
        {acts.map((act) => (
          <Button
            key={act}
            weight={act === "release" ? "primary" : "normal"}
            aria-keyshortcuts={ACTS[act].key}
            onClick={() => onAct(act)}
          >
            {ACTS[act].name}
            <kbd className="ml-1 rounded border border-current px-1 font-mono text-[11px] leading-4 opacity-75 max-lg:hidden">
              {ACTS[act].key}
            </kbd>
          </Button>
        ))}
      </div>
      <dl className="grid gap-x-4 gap-y-0.5 text-xs text-quiet sm:grid-cols-[max-content_1fr]">
        {acts.map((act) => (
          <div key={act} className="contents">
            <dt className="font-medium">{ACTS[act].name}</dt>
            <dd className="max-sm:mb-1">
              {act === "skip" && acts.includes("arrived") ? SKIP_IN_DOUBT : ACTS[act].what}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const SKIP_IN_DOUBT = "Nobody says what became of it. It stays in doubt, and the cadence goes on.";
