import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useList } from "../../api/queries.ts";
import { faultAt, SelectField } from "../../ui/field.tsx";
import { Card } from "../../ui/page.tsx";
import { Choice } from "./choice.tsx";
import type { SettingsPart } from "./use-settings.ts";

/** Who writes the words, which mailboxes send them, and which account acts on LinkedIn. */
export function SettingsSenders(part: SettingsPart) {
  const { value, error, set } = part;
  const endpoints = useList<Endpoint>("/v1/endpoints");
  return (
    <Card title="Endpoint, mailboxes, LinkedIn">
      <div className="space-y-4">
        <SelectField
          label="Endpoint"
          hint="It writes the words, and is told what happens."
          value={value.endpointId ?? ""}
          fault={faultAt(error, "/endpointId")}
          onChange={({ target }) => set({ endpointId: target.value === "" ? null : target.value })}
        >
          <option value="">None</option>
          {endpoints.rows.map(({ id, name, url, enabled }) => (
            <option key={id} value={id}>
              {name} ({url}){enabled ? "" : ", off"}
            </option>
          ))}
        </SelectField>
        {value.endpointId === null ? null : (
          <p className="text-xs">
            <Link
              to="/endpoints/$endpointId"
              params={{ endpointId: value.endpointId }}
              className="text-accent underline"
            >
              Look at this endpoint
            </Link>
          </p>
        )}
        <Mailboxes {...part} />
        <Account {...part} />
      </div>
    </Card>
  );
}

/** Nothing is asked as long as there is no account, but how to get one where a step needs it. */
function Account({ value, error, set }: SettingsPart) {
  const { rows } = useList<LinkedinAccount>("/v1/linkedin-accounts");
  const isNeeded = value.steps.some(({ kind }) => kind === "linkedin_connect" || kind === "linkedin_message");
  const fault = faultAt(error, "/linkedinAccountId");
  if (rows.length === 0)
    return isNeeded ? (
      <p className="text-sm">
        It has steps on LinkedIn, and there is no account yet that could do them.{" "}
        <Link to="/linkedin" className="text-accent underline">
          Add a LinkedIn account
        </Link>
      </p>
    ) : null;
  return (
    <SelectField
      label="LinkedIn account"
      hint="It invites and writes, for leads that are enrolled from now on."
      value={value.linkedinAccountId ?? ""}
      fault={fault}
      onChange={({ target }) => set({ linkedinAccountId: target.value === "" ? null : target.value })}
    >
      <option value="">The default one</option>
      {rows.map(({ id, name, enabled }) => (
        <option key={id} value={id}>
          {name}
          {enabled ? "" : ", off"}
        </option>
      ))}
    </SelectField>
  );
}

type Way = "default" | "one" | "several";

function Mailboxes({ value, error, set }: SettingsPart) {
  const mailboxes = useList<Mailbox>("/v1/mailboxes");
  const [wish, setWish] = useState<Way | null>(null);
  const said: Way = value.mailboxIds.length > 0 ? "several" : value.mailboxId !== null ? "one" : "default";
  const way = said === "default" ? (wish ?? said) : said;
  const choose = (next: Way) => {
    setWish(next);
    const first = value.mailboxId ?? value.mailboxIds[0] ?? mailboxes.rows[0]?.id;
    if (next === "default") set({ mailboxId: null, mailboxIds: [] });
    if (next === "one") set({ mailboxId: first ?? null, mailboxIds: [] });
    if (next === "several") set({ mailboxId: null, mailboxIds: first === undefined ? [] : [first] });
  };
  const toggle = (id: string, isIn: boolean) =>
    set({ mailboxIds: isIn ? [...value.mailboxIds, id] : value.mailboxIds.filter((one) => one !== id) });
  const hasNone = mailboxes.rows.length === 0;
  const fault = faultAt(error, "/mailboxIds") ?? faultAt(error, "/mailboxIds/0");
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1.5 text-sm font-medium">Mailboxes</legend>
      <Choice name="mailboxes" value="default" chosen={way} onChoose={choose} label="The default one" />
      <Choice name="mailboxes" value="one" chosen={way} onChoose={choose} label="One of them" isOff={hasNone}>
        <SelectField
          label="Mailbox"
          value={value.mailboxId ?? ""}
          fault={faultAt(error, "/mailboxId")}
          onChange={({ target }) => set({ mailboxId: target.value })}
        >
          {mailboxes.rows.map(({ id, email }) => (
            <option key={id} value={id}>
              {email}
            </option>
          ))}
        </SelectField>
      </Choice>
      <Choice
        name="mailboxes"
        value="several"
        chosen={way}
        onChoose={choose}
        label="Several"
        hint="New leads are spread among them. A lead stays with the one that has written to it."
        isOff={hasNone}
      >
        <ul className="space-y-1">
          {mailboxes.rows.map(({ id, email }) => (
            <li key={id}>
              <label className="flex min-h-6 items-center gap-2.5 text-sm">
                <input
                  type="checkbox"
                  className="size-4 accent-(--accent)"
                  checked={value.mailboxIds.includes(id)}
                  onChange={({ target }) => toggle(id, target.checked)}
                />
                <span className="min-w-0 break-words">{email}</span>
              </label>
            </li>
          ))}
        </ul>
      </Choice>
      {fault === undefined ? null : <p className="text-xs font-medium text-bad">{fault}</p>}
    </fieldset>
  );
}
