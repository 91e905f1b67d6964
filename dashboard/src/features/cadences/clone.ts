import { useNavigate } from "@tanstack/react-router";
import type { Cadence, CreateCadence } from "../../../../core/contract/cadence.ts";
import { useChange } from "../../api/queries.ts";
import { tell, tellFault } from "../../ui/toast.ts";
import { draftOf } from "./definition.ts";

/** The answer to `POST /v1/cadences`, as far as it is read here. */
export interface CreatedCadence {
  readonly cadence: Cadence;
}

/** Makes a copy of a cadence's draft, as a draft, and goes there. */
export function useClone() {
  const navigate = useNavigate();
  const change = useChange<CreatedCadence>(["/v1/cadences"]);
  const clone = async (cadence: Cadence) => {
    try {
      const made = await change.mutateAsync({ path: "/v1/cadences", body: copyOf(cadence) });
      tell(`${made.cadence.name} is made, as a draft.`);
      await navigate({ to: "/cadences/$cadenceId/edit", params: { cadenceId: made.cadence.id } });
    } catch (error) {
      tellFault(error);
    }
  };
  return { clone, isPending: change.isPending };
}

function copyOf(cadence: Cadence): CreateCadence {
  const { name, endpointId, mailboxId, mailboxIds, linkedinAccountId, settings, steps } = draftOf(cadence);
  return {
    ...settings,
    name: `${name.slice(0, 190)}, copy`,
    description: cadence.description,
    endpointId,
    mailboxId,
    mailboxIds: [...mailboxIds],
    linkedinAccountId,
    steps: [...steps],
    publish: false,
  };
}
