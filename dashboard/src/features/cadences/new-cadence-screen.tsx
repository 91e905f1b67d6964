import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import { useChange, useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { faultAt, SelectField, TextAreaField, TextField } from "../../ui/field.tsx";
import { Empty, ProblemNote } from "../../ui/notes.tsx";
import { Card, Page } from "../../ui/page.tsx";
import { Choice } from "./choice.tsx";
import type { CreatedCadence } from "./clone.ts";
import { stepsOf, TEMPLATES, type TemplateName } from "./templates.ts";

type Writer = "existing" | "new" | "none";

/** Makes a cadence: its name, who writes its words, what it begins with. */
export function NewCadenceScreen() {
  const [made, setMade] = useState<Made | null>(null);
  if (!useMay("cadences:write"))
    return (
      <Page title="New cadence">
        <Card>
          <Empty title="Your role doesn't make cadences">Ask an owner or an admin of this workspace.</Empty>
        </Card>
      </Page>
    );
  return (
    <Page title="New cadence" lead="It begins as a draft. Nothing is sent before it is published and has leads.">
      <div className="max-w-2xl">{made === null ? <Form onMade={setMade} /> : <SecretOnce made={made} />}</div>
    </Page>
  );
}

/** A cadence whose endpoint is new, with the secret that is shown once. */
interface Made {
  readonly cadenceId: string;
  readonly secret: string;
}

function Form({ onMade }: { readonly onMade: (made: Made) => void }) {
  const navigate = useNavigate();
  const endpoints = useList<Endpoint>("/v1/endpoints");
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [chosenWriter, setWriter] = useState<Writer | null>(null);
  const [endpointId, setEndpointId] = useState("");
  const [url, setUrl] = useState("");
  const [template, setTemplate] = useState<TemplateName>("three");
  // An endpoint that was made stays made when the cadence is refused: it isn't made a second time.
  const [ownEndpoint, setOwnEndpoint] = useState<{ id: string; url: string; secret: string | null } | null>(null);
  const makeEndpoint = useChange<Endpoint & { readonly secret: string | null }>(["/v1/endpoints"]);
  const makeCadence = useChange<CreatedCadence>(["/v1/cadences"]);
  const writer = chosenWriter ?? (endpoints.rows.length > 0 || endpoints.isPending ? "existing" : "new");
  const chosen = endpointId === "" ? (endpoints.rows[0]?.id ?? null) : endpointId;

  const endpointToUse = async () => {
    if (writer === "none") return { id: null, secret: null };
    if (writer === "existing") return { id: chosen, secret: null };
    if (ownEndpoint?.url === url) return ownEndpoint;
    const { id, secret } = await makeEndpoint.mutateAsync({ path: "/v1/endpoints", body: { url } });
    const own = { id, url, secret };
    setOwnEndpoint(own);
    return own;
  };
  const create = async () => {
    const { id, secret } = await endpointToUse();
    const { cadence } = await makeCadence.mutateAsync({
      path: "/v1/cadences",
      body: {
        name,
        description: description === "" ? null : description,
        endpointId: id,
        steps: stepsOf(template, id !== null),
      },
    });
    if (secret !== null) return onMade({ cadenceId: cadence.id, secret });
    await navigate({ to: "/cadences/$cadenceId/edit", params: { cadenceId: cadence.id } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void create().catch(() => {}); // it is shown below
  };
  return (
    <form className="space-y-5" onSubmit={submit}>
      <Card title="What it is">
        <div className="space-y-4">
          <TextField
            label="Name"
            value={name}
            required
            maxLength={200}
            autoFocus
            placeholder="First contact"
            fault={faultAt(makeCadence.error, "/name")}
            onChange={({ target }) => setName(target.value)}
          />
          <TextAreaField
            label="Description"
            hint="For the people here; it may stay empty."
            rows={2}
            value={description}
            fault={faultAt(makeCadence.error, "/description")}
            onChange={({ target }) => setDescription(target.value)}
          />
        </div>
      </Card>
      <Card title="Who writes the words">
        <fieldset className="space-y-3">
          <legend className="sr-only">Who writes the words</legend>
          <Choice
            name="writer"
            value="existing"
            chosen={writer}
            onChoose={setWriter}
            isOff={endpoints.rows.length === 0}
            hint={endpoints.rows.length === 0 ? "There is none yet." : undefined}
            label="An endpoint that is there"
          >
            <SelectField label="Endpoint" value={chosen ?? ""} onChange={({ target }) => setEndpointId(target.value)}>
              {endpoints.rows.map(({ id, name: called, url: at }) => (
                <option key={id} value={id}>
                  {called} ({at})
                </option>
              ))}
            </SelectField>
          </Choice>
          <Choice
            name="writer"
            value="new"
            chosen={writer}
            onChoose={setWriter}
            label="A new endpoint"
            hint="Your own webhook. Its secret is shown once, when it is made."
          >
            <TextField
              label="Webhook URL"
              type="url"
              required
              placeholder="https://example.com/drafthook"
              value={url}
              fault={faultAt(makeEndpoint.error, "/url")}
              onChange={({ target }) => setUrl(target.value)}
            />
          </Choice>
          <Choice
            name="writer"
            value="none"
            chosen={writer}
            onChoose={setWriter}
            label="Nobody: the words are fixed"
            hint="Every lead gets the same text, with their name in it. An endpoint can be set later."
          />
        </fieldset>
      </Card>
      <Card title="What it begins with">
        <fieldset className="space-y-3">
          <legend className="sr-only">What it begins with</legend>
          {(Object.keys(TEMPLATES) as TemplateName[]).map((one) => (
            <Choice
              key={one}
              name="template"
              value={one}
              chosen={template}
              onChoose={setTemplate}
              label={TEMPLATES[one].name}
              hint={TEMPLATES[one].hint}
            />
          ))}
        </fieldset>
      </Card>
      <ProblemNote error={makeEndpoint.error ?? makeCadence.error} />
      <div className="flex justify-end">
        <Button type="submit" weight="primary" isBusy={makeEndpoint.isPending || makeCadence.isPending}>
          Make the cadence
        </Button>
      </div>
    </form>
  );
}

function SecretOnce({ made: { cadenceId, secret } }: { readonly made: Made }) {
  const navigate = useNavigate();
  return (
    <Card title="The endpoint's secret">
      <div className="space-y-4 text-sm" role="status">
        <p>
          Every request to your endpoint is signed with it (Standard Webhooks). Copy it now to where your endpoint reads
          it: <strong>it isn't shown again</strong>. Lost, it can be exchanged for a new one.
        </p>
        <div className="flex flex-wrap items-center gap-2 rounded-lg border border-line bg-raised px-3 py-2">
          <code className="min-w-0 flex-1 font-mono text-xs break-all">{secret}</code>
          <CopyButton text={secret} label="Copy the secret" />
        </div>
        <div className="flex justify-end">
          <Button
            weight="primary"
            onClick={() => void navigate({ to: "/cadences/$cadenceId/edit", params: { cadenceId } })}
          >
            I have stored it. Go to the steps
          </Button>
        </div>
      </div>
    </Card>
  );
}
