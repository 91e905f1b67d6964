import { useState } from "react";
import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Card } from "../../ui/page.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";

interface HookCardProps {
  readonly account: LinkedinAccount;
  readonly mayWrite: boolean;
}

/** How the provider tells of what happens at LinkedIn. */
export function HookCard({ account, mayWrite }: HookCardProps) {
  const change = useChange<LinkedinAccount & { readonly hookSecret: string | null }>(["/v1/linkedin-accounts"]);
  const [secret, setSecret] = useState<{ readonly value: string | null } | null>(null);
  const rotate = async () => {
    const { hookSecret } = await change.mutateAsync({
      path: `/v1/linkedin-accounts/${account.id}/rotate-hook-secret`,
      body: {},
    });
    setSecret({ value: hookSecret });
  };
  return (
    <Card title="Webhooks">
      <div className="space-y-4">
        <HookFacts account={account} />
        {mayWrite ? (
          <Confirm
            label="Make a new secret"
            weight="normal"
            isSmall
            title="Make a new secret?"
            yes="Make it"
            onYes={rotate}
          >
            The one before is refused from now on. Save the new one with the provider's webhooks at once. What they tell
            meanwhile isn't lost: the provider is asked for it too.
          </Confirm>
        ) : null}
      </div>
      <Dialog title="The new secret" isOpen={secret !== null} onClose={() => setSecret(null)}>
        <SecretOnce name="The header's value" secret={secret?.value ?? null} />
        <div className="mt-5 flex justify-end">
          <Button weight="primary" onClick={() => setSecret(null)}>
            I have it
          </Button>
        </div>
      </Dialog>
    </Card>
  );
}

/** Where the provider's webhooks go, and what they carry. */
export function HookFacts({ account: { hookUrl, hookHeader } }: Pick<HookCardProps, "account">) {
  if (hookUrl === null || hookHeader === null) return null;
  return (
    <div className="space-y-2 text-sm">
      <p>
        Save this URL at Unipile as a webhook for messages, for new relations and for the account's status, each with
        this header. Without them everything is seen too, but later: the provider is asked for it.
      </p>
      <dl className="grid grid-cols-[4rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-raised px-3 py-2">
        {[
          ["URL", hookUrl],
          ["Header", hookHeader.name],
        ].map(([name = "", value = ""]) => (
          <div key={name} className="contents">
            <dt className="text-xs text-quiet">{name}</dt>
            <dd className="font-mono text-xs break-all">{value}</dd>
            <dd>
              <CopyButton text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
