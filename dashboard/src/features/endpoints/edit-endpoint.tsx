import { useState } from "react";
import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import { useChange } from "../../api/queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { tell } from "../../ui/toast.ts";
import { EndpointFields, type EndpointWish } from "./endpoint-fields.tsx";

/** Changes an endpoint; also those who are under way use what it is then. */
export function EditEndpoint({ endpoint }: { readonly endpoint: Endpoint }) {
  const [wish, setWish] = useState<EndpointWish | null>(null);
  const change = useChange<Endpoint>(["/v1/endpoints"]);
  const save = async (wish: EndpointWish) => {
    await change.mutateAsync({ path: `/v1/endpoints/${endpoint.id}`, method: "PATCH", body: changed(endpoint, wish) });
    setWish(null);
    tell("Saved.");
  };
  const begin = () => {
    const { name, url, compatibility, eventTypes } = endpoint;
    change.reset();
    setWish({ name, url, compatibility, eventTypes });
  };
  return (
    <>
      <Button onClick={begin}>Change</Button>
      <Dialog
        title={`Change ${endpoint.name}`}
        description="It takes hold with the next request, also for enrollments in flight."
        isOpen={wish !== null}
        onClose={() => setWish(null)}
      >
        {wish === null ? null : (
          <DialogForm
            onSubmit={() => save(wish)}
            onCancel={() => setWish(null)}
            yes="Save"
            isBusy={change.isPending}
            error={change.error}
          >
            <EndpointFields wish={wish} onChange={setWish} error={change.error} />
          </DialogForm>
        )}
      </Dialog>
    </>
  );
}

/** Another URL wakes what waits: so only what is different is sent. */
function changed(before: Endpoint, wish: EndpointWish): Partial<EndpointWish> {
  const names = ["name", "url", "compatibility", "eventTypes"] as const;
  const different = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(wish[name]));
  return Object.fromEntries(different.map((name) => [name, wish[name]]));
}
