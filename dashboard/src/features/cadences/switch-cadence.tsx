import type { Cadence } from "../../../../core/contract/cadence.ts";
import { Badge } from "../../ui/badge.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { tell } from "../../ui/toast.ts";
import { useCadenceChange } from "./use-cadence.ts";

/** Whether a cadence runs, in a word. */
export function StateBadge({ cadence: { enabled, version } }: { readonly cadence: Cadence }) {
  if (version === null) return <Badge>Draft</Badge>;
  return enabled ? <Badge tone="good">On</Badge> : <Badge tone="warn">Off</Badge>;
}

/** Switches a cadence on or off, when one has read what comes of it. */
export function SwitchCadence({
  cadence,
  active,
  isSmall = false,
}: {
  readonly cadence: Cadence;
  /** Active enrollments, where that is known. */
  readonly active?: number | undefined;
  readonly isSmall?: boolean;
}) {
  const change = useCadenceChange(cadence.id);
  const set = async (enabled: boolean) => {
    await change.mutateAsync({ method: "PATCH", body: { enabled } });
    tell(`${cadence.name} is ${enabled ? "on" : "off"}.`);
  };
  const those = active === undefined ? "its active enrollments" : sayEnrollments(active);
  return cadence.enabled ? (
    <Confirm
      label="Switch off"
      weight="normal"
      isSmall={isSmall}
      title={`Switch ${cadence.name} off?`}
      yes="Switch off"
      onYes={() => set(false)}
    >
      Nothing more is sent for {those} until it is on again. They keep their place. Replies are still read, and a
      message that is being sent at this moment still goes out.
    </Confirm>
  ) : (
    <Confirm
      label="Switch on"
      weight="normal"
      isSmall={isSmall}
      title={`Switch ${cadence.name} on?`}
      yes="Switch on"
      onYes={() => set(true)}
    >
      What fell due while it was off goes out from now on for {those}, within its sending windows and its cap of{" "}
      {cadence.dailySendCap.toLocaleString("en")} messages a day.
    </Confirm>
  );
}

/** "1 enrollment", "1,200 enrollments". */
export function sayEnrollments(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "enrollment" : "enrollments"}`;
}
