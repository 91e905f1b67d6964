import { useNavigate } from "@tanstack/react-router";
import type { LinkedinAccount, LinkedinCheck } from "../../../../core/contract/linkedin-account.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { tell, tellFault } from "../../ui/toast.ts";
import { EditAccount } from "./edit-account.tsx";

const TOUCHES = ["/v1/linkedin-accounts", "/v1/overview"];

/** What can be done with an account. */
export function AccountActions({ account }: { readonly account: LinkedinAccount }) {
  const navigate = useNavigate();
  const change = useChange(TOUCHES);
  const path = `/v1/linkedin-accounts/${account.id}`;
  const patch = (body: object) => change.mutateAsync({ path, method: "PATCH", body });
  const remove = async () => {
    await change.mutateAsync({ path, method: "DELETE" });
    tell(`${account.name} is gone.`);
    void navigate({ to: "/linkedin" });
  };
  return (
    <>
      {account.provider === "unipile" ? <Check account={account} /> : null}
      <EditAccount account={account} />
      {account.isDefault ? null : (
        <Confirm
          label="Make default"
          weight="normal"
          title={`Make ${account.name} the default?`}
          yes="Make it the default"
          onYes={() => patch({ isDefault: true })}
        >
          It acts wherever neither the enrollment nor the cadence names an account, in place of the one that does now.
        </Confirm>
      )}
      {account.enabled ? (
        <Confirm
          label="Switch off"
          weight="normal"
          title={`Switch ${account.name} off?`}
          yes="Switch it off"
          onYes={() => patch({ enabled: false })}
        >
          Nothing is done by it until it is switched on again. What is due waits.
        </Confirm>
      ) : (
        <Confirm
          label="Switch on again"
          weight="primary"
          title={`Switch ${account.name} on again?`}
          yes="Switch it on"
          onYes={() => patch({ enabled: true })}
        >
          {account.pausedReason === null ? null : (
            <p className="mb-2">
              It was switched off by itself: {account.pausedReason}. Mend that first, or it will be switched off again.
            </p>
          )}
          What waits for it goes on, as far as its pace has room.
        </Confirm>
      )}
      <Confirm label="Delete" title={`Delete ${account.name}?`} yes="Delete it" onYes={remove}>
        Only an account that no cadence, no published version and no enrollment in flight names can be deleted. To stop
        it, switch it off.
      </Confirm>
    </>
  );
}

const VERDICTS = {
  ok: "All is well.",
  disconnected: "The provider has lost the account.",
  restricted: "LinkedIn has restricted the account.",
  no_answer: "The provider gave no answer; nothing was changed.",
} as const satisfies Record<LinkedinCheck["verdict"], string>;

function Check({ account }: { readonly account: LinkedinAccount }) {
  const change = useChange<LinkedinCheck>(TOUCHES);
  const check = () =>
    change
      .mutateAsync({ path: `/v1/linkedin-accounts/${account.id}/check` })
      .then(
        ({ verdict, owner, detail }) =>
          tell([VERDICTS[verdict], owner === null ? null : `It is ${owner}'s.`, detail].filter(Boolean).join(" ")),
        tellFault,
      );
  return (
    <Button isBusy={change.isPending} onClick={() => void check()}>
      Check it
    </Button>
  );
}
