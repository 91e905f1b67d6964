import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useRead } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Card, Page } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { When } from "../../ui/when.tsx";
import { DomainCard } from "./domain-card.tsx";
import { MailboxActions } from "./mailbox-actions.tsx";
import { mailboxState } from "./mailbox-state.ts";
import { PROVIDERS } from "./providers.ts";
import { RoomCard } from "./room-card.tsx";
import { SelfTestCard } from "./self-test-card.tsx";

/** One sender: what it may, how it is, and what is under its messages. */
export function MailboxScreen() {
  const { mailboxId } = useParams({ from: "/mailboxes/$mailboxId" });
  const mayWrite = useMay("mailboxes:write");
  const mailbox = useRead<Mailbox>(`/v1/mailboxes/${mailboxId}`, {}, { everyMs: 5_000 });
  const { data } = mailbox;
  const state = data === undefined ? null : mailboxState(data);
  return (
    <Page
      title={data?.name ?? "Mailbox"}
      beside={
        state === null ? undefined : (
          <>
            <Badge tone={state.tone}>{state.word}</Badge>
            {data?.isDefault ? <Badge tone="info">default</Badge> : null}
          </>
        )
      }
      lead={data === undefined ? undefined : `${data.email} · ${PROVIDERS[data.provider].name}`}
      actions={data !== undefined && mayWrite ? <MailboxActions mailbox={data} /> : undefined}
    >
      <Read of={mailbox} lines={8}>
        {(one) => (
          <div className="space-y-5">
            {one.pausedReason === null ? null : (
              <p role="alert" className="rounded-lg bg-bad-soft px-4 py-3 text-sm">
                <strong className="font-semibold">It was paused by itself</strong>: {one.pausedReason}
              </p>
            )}
            <div className="grid items-start gap-5 *:min-w-0 xl:grid-cols-2">
              <RoomCard mailbox={one} />
              <SelfTestCard mailbox={one} mayWrite={mayWrite} />
              {one.provider === "sandbox" ? null : <DomainCard mailbox={one} mayWrite={mayWrite} />}
              <About mailbox={one} />
            </div>
          </div>
        )}
      </Read>
    </Page>
  );
}

function About({ mailbox }: { readonly mailbox: Mailbox }) {
  const { provider, replyDomain, signature, postalAddress, cc, bcc, eventsUrl, takesEvents } = mailbox;
  const way = provider === "sandbox" || provider === "cloudflare" ? null : mailbox[provider];
  return (
    <Card title="How it sends">
      <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
        <Line name="From">{mailbox.fromName === null ? mailbox.email : `${mailbox.fromName} <${mailbox.email}>`}</Line>
        {Object.entries(way ?? {}).map(([name, value]) => (
          <Line key={name} name={labelOf(provider, name)}>
            {typeof value === "boolean" ? (value ? "saved" : "none") : value === null ? null : String(value)}
          </Line>
        ))}
        <Line name="Replies to">{replyDomain ?? "the installation's own domain"}</Line>
        <Line name="Copies">
          {[cc, bcc === null ? null : `${bcc} (hidden)`].filter((one) => one !== null).join(", ")}
        </Line>
        <Line name="Signature">{signature}</Line>
        <Line name="Postal address">{postalAddress}</Line>
        {eventsUrl === null ? null : (
          <Line name="Reports">
            <span className="flex items-center gap-1">
              <code className="min-w-0 font-mono text-xs break-all">{eventsUrl}</code>
              <CopyButton text={eventsUrl} />
            </span>
            <span className="block text-xs text-quiet">
              {takesEvents
                ? "Its secret is saved. The provider tells deliveries, bounces and complaints there."
                : "Save it as a webhook at the provider and its secret here, to be told of bounces and complaints."}
            </span>
          </Line>
        )}
        <Line name="Made">
          <When at={mailbox.createdAt} />
        </Line>
      </dl>
    </Card>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 break-words whitespace-pre-wrap">
        {children === null || children === "" ? <span className="text-quiet">none</span> : children}
      </dd>
    </>
  );
}

function labelOf(provider: Mailbox["provider"], name: string): string {
  if (name === "hasPassword") return "Password";
  return PROVIDERS[provider].fields.find((field) => field.name === name)?.label ?? name;
}
