import { useState } from "react";
import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import { useChange } from "../../api/queries.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Card } from "../../ui/page.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { When } from "../../ui/when.tsx";

/** Its secrets: which sign, until when, and a new one. */
export function RotateSecret({ endpoint, mayWrite }: { readonly endpoint: Endpoint; readonly mayWrite: boolean }) {
  const change = useChange<{ secret: string | null }>(["/v1/endpoints"]);
  const [isShown, setShown] = useState(false);
  const until = endpoint.previousSecretUntil;
  return (
    <Card title="Signing secret">
      <div className="space-y-3 text-sm">
        <p>
          {until === null ? (
            "One secret signs every request. It has no end, until you rotate it."
          ) : (
            <>
              Two secrets sign every request: the new one, which has no end, and the one before it, until{" "}
              <When at={until} />. A receiver that knows either of them is fine.
            </>
          )}
        </p>
        {isShown && change.data !== undefined ? <SecretOnce name="The new secret" secret={change.data.secret} /> : null}
        {mayWrite ? (
          <Confirm
            label="Rotate the secret"
            weight="normal"
            title="Make a new signing secret?"
            yes="Make a new one"
            onYes={async () => {
              await change.mutateAsync({ path: `/v1/endpoints/${endpoint.id}/rotate-secret` });
              setShown(true);
            }}
          >
            <p>
              For 24 hours each request carries two signatures, by the new secret and by the one before, so that you can
              change over in your own time. Then the one before ends.
            </p>
            {until === null ? null : (
              <p className="mt-2 font-medium text-warn">
                A rotation runs already. The older secret of the two ends at once; the present one is good for another
                24 hours.
              </p>
            )}
          </Confirm>
        ) : null}
      </div>
    </Card>
  );
}
