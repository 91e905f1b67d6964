import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { SecretOnce } from "../../ui/secret-once.tsx";
import { EndpointFields, NO_WISH } from "./endpoint-fields.tsx";

/** Makes an endpoint and shows its secret, this once. */
export function NewEndpoint() {
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [wish, setWish] = useState(NO_WISH);
  // The same for one wish however often it is sent, so that two presses make one endpoint.
  const sent = useRef({ text: "", key: "" });
  const change = useChange<Endpoint & { secret: string | null }>(["/v1/endpoints"]);
  const made = change.data;
  const make = async () => {
    const { name, ...rest } = wish;
    const body = { ...rest, ...(name === "" ? {} : { name }) };
    const text = JSON.stringify(body);
    if (sent.current.text !== text) sent.current = { text, key: crypto.randomUUID() };
    await change.mutateAsync({ path: "/v1/endpoints", body, idempotencyKey: sent.current.key });
  };
  const close = () => {
    setOpen(false);
    if (made === undefined) return;
    setWish(NO_WISH);
    sent.current = { text: "", key: "" };
    change.reset();
    void navigate({ to: "/endpoints/$endpointId", params: { endpointId: made.id } });
  };
  return (
    <>
      <Button weight="primary" onClick={() => setOpen(true)}>
        New endpoint
      </Button>
      <Dialog title={made === undefined ? "New endpoint" : `${made.name} is made`} isOpen={isOpen} onClose={close}>
        {made === undefined ? (
          <DialogForm
            onSubmit={() => make()}
            onCancel={close}
            yes="Make it"
            isBusy={change.isPending}
            error={change.error}
          >
            <EndpointFields wish={wish} onChange={setWish} error={change.error} />
          </DialogForm>
        ) : (
          <div className="space-y-4">
            <SecretOnce name="Its signing secret" secret={made.secret} />
            <div className="flex justify-end">
              <Button weight="primary" onClick={close}>
                I have it
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}
