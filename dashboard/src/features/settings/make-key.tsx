import { useState } from "react";
import type { ApiKey } from "../../../../core/contract/api-key.ts";
import { useMode } from "../../api/mode.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Code } from "../../ui/code.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { MakeKeyForm } from "./make-key-form.tsx";
import { ShownOnce } from "./shown-once.tsx";

/** `POST /v1/keys` answers it; the key is null in a repeated answer only. */
interface KeyCreated extends ApiKey {
  readonly key: string | null;
}

/** Makes a key and shows it, this once. */
export function MakeKey() {
  const [isOpen, setOpen] = useState(false);
  const mode = useMode();
  const change = useChange<KeyCreated>(["/v1/keys"]);
  const made = change.data;
  const [isWarned, setWarned] = useState(false);
  const close = () => {
    setOpen(false);
    setWarned(false);
    change.reset();
  };
  return (
    <>
      <Button weight="primary" onClick={() => setOpen(true)}>
        Make a key
      </Button>
      <Dialog
        title={made === undefined ? "Make a key" : `“${made.name}” is made`}
        isOpen={isOpen}
        // One press outside must not lose the key that is shown this once.
        onClose={made === undefined || isWarned ? close : () => setWarned(true)}
        isWide
      >
        {made === undefined ? (
          <MakeKeyForm
            firstMode={mode}
            making={change}
            onMake={(body) => change.mutate({ path: "/v1/keys", mode: "live", body })}
            onCancel={close}
          />
        ) : (
          <div className="space-y-4">
            <ShownOnce
              label="The key"
              secret={made.key ?? ""}
              lead="Put it where your program keeps its secrets. It can't be shown again; if it is lost, revoke it and make another."
            />
            <Code label="Try it" text={`curl ${location.origin}/v1/me -H "authorization: Bearer ${made.key ?? ""}"`} />
            {isWarned ? (
              <p role="alert" className="rounded-lg bg-warn-soft px-3 py-2 text-sm font-medium text-warn">
                Did you keep the key? Once this is closed nobody can show it again.
              </p>
            ) : null}
            <div className="flex justify-end">
              <Button weight="primary" onClick={close}>
                I have kept it
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}
