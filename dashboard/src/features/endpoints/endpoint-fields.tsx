import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import type { EventType } from "../../../../core/contract/event.ts";
import { CheckField, faultAt, SelectField, TextField } from "../../ui/field.tsx";

/** What a form holds of an endpoint. */
export interface EndpointWish {
  readonly name: string;
  readonly url: string;
  readonly compatibility: Endpoint["compatibility"];
  readonly eventTypes: readonly EventType[] | null;
}

/** What a new one begins with. */
export const NO_WISH: EndpointWish = { name: "", url: "", compatibility: "none", eventTypes: null };

const EVENTS: Readonly<Record<EventType, string>> = {
  "cadence.step.fired": "A message was sent",
  "cadence.step.skipped": "A step was skipped",
  "cadence.step.deferred": "A step was put off",
  "cadence.step.held": "A step is held for a person",
  "cadence.step.ambiguous": "A send is in doubt",
  "cadence.step.failed": "A step failed",
  "cadence.lead.replied": "A lead replied",
  "cadence.lead.connected": "A lead accepted the LinkedIn invitation",
  "cadence.task.created": "There is something for a person to do",
  "cadence.task.overdue": "Something should have been done by now",
  "cadence.lead.bounced": "A message bounced",
  "cadence.lead.unsubscribed": "A lead unsubscribed",
  "cadence.lead.complained": "A lead complained",
  "cadence.lead.completed": "A lead is through",
  "cadence.lead.exited": "A lead left before the end",
  "cadence.endpoint.disabled": "An endpoint was switched off",
  "cadence.mailbox.paused": "A mailbox was paused",
  "cadence.account.changed": "A LinkedIn account stopped, or is back",
  "cadence.quota.warning": "A quota is nearly used",
  "cadence.quota.reached": "A quota is used",
  "cadence.reply.unmatched": "A mail came in that nothing matches",
};
const EVENT_TYPES = Object.keys(EVENTS) as EventType[];

interface EndpointFieldsProps {
  readonly wish: EndpointWish;
  readonly onChange: (wish: EndpointWish) => void;
  readonly error: unknown;
}

/** The fields of an endpoint, for making one and for changing one. */
export function EndpointFields({ wish, onChange, error }: EndpointFieldsProps) {
  const { name, url, compatibility, eventTypes } = wish;
  return (
    <>
      <TextField
        label="URL"
        type="url"
        placeholder="https://example.com/drafthook"
        hint="https at a public host name. Draft requests and events are posted there."
        fault={faultAt(error, "/url")}
        value={url}
        onChange={({ target }) => onChange({ ...wish, url: target.value })}
        required
      />
      <TextField
        label="Name"
        placeholder={hostOf(url)}
        hint="For lists. The URL's host when left empty."
        fault={faultAt(error, "/name")}
        value={name}
        onChange={({ target }) => onChange({ ...wish, name: target.value })}
      />
      <SelectField
        label="Signature"
        hint="Every request is signed by the Standard Webhooks scheme."
        fault={faultAt(error, "/compatibility")}
        value={compatibility}
        onChange={({ target }) =>
          onChange({ ...wish, compatibility: target.value === "myagentmail" ? "myagentmail" : "none" })
        }
      >
        <option value="none">Standard Webhooks only</option>
        <option value="myagentmail">MyAgentMail's header besides</option>
      </SelectField>
      <fieldset className="space-y-2">
        <legend className="mb-1 text-sm font-medium">Events that it is told</legend>
        <CheckField
          label="All, and those that come later"
          hint="Draft requests always come."
          checked={eventTypes === null}
          onChange={({ target }) => onChange({ ...wish, eventTypes: target.checked ? null : EVENT_TYPES })}
        />
        {eventTypes === null ? null : (
          <div className="grid gap-2 rounded-lg border border-line p-3 sm:grid-cols-2">
            {EVENT_TYPES.map((type) => (
              <CheckField
                key={type}
                label={EVENTS[type]}
                hint={<code className="font-mono">{type}</code>}
                checked={eventTypes.includes(type)}
                onChange={({ target }) =>
                  onChange({
                    ...wish,
                    eventTypes: EVENT_TYPES.filter((one) => (one === type ? target.checked : eventTypes.includes(one))),
                  })
                }
              />
            ))}
          </div>
        )}
        {faultAt(error, "/eventTypes") === undefined ? null : (
          <p className="text-xs font-medium text-bad">{faultAt(error, "/eventTypes")}</p>
        )}
      </fieldset>
    </>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return "";
  }
}
