import { Link, useParams, useSearch } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import type { SandboxMessage } from "../../../../core/contract/sandbox-message.ts";
import { useRead } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Code } from "../../ui/code.tsx";
import { MailFrame } from "../../ui/mail-frame.tsx";
import { Page } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { TabLink, TabLinks } from "../../ui/tabs.tsx";
import { When } from "../../ui/when.tsx";
import { ActAsLead } from "./act-as-lead.tsx";
import { TestModeOnly } from "./test-mode-only.tsx";

/** One message as the lead's mail program shows it, and what the lead may do with it. */
export function SandboxMessageScreen() {
  return (
    <TestModeOnly>
      <OneMessage />
    </TestModeOnly>
  );
}

function OneMessage() {
  const { sendKey } = useParams({ from: "/sandbox/$sendKey" });
  const { part } = useSearch({ from: "/sandbox/$sendKey" });
  const message = useRead<SandboxMessage>(`/v1/sandbox/messages/${encodeURIComponent(sendKey)}`);
  const mayAct = useMay("sandbox:write");
  return (
    <Page
      title={message.data === undefined ? "A message" : message.data.subject || "Without a subject"}
      lead={
        <Link to="/sandbox" className="inline-flex min-h-6 items-center gap-1.5 text-accent">
          <ArrowLeft className="size-4" aria-hidden /> Sandbox mail
        </Link>
      }
    >
      <Read of={message} lines={10}>
        {(found) => (
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="min-w-0">
              <PartTabs sendKey={sendKey} hasHtml={found.html !== null} />
              {part === "headers" ? (
                <Headers headers={found.headers} />
              ) : part === "raw" ? (
                <Code label="As it left, RFC 5322" text={found.raw} />
              ) : (
                <AsShown message={found} isText={part === "text"} />
              )}
            </div>
            <div className="min-w-0 space-y-5">
              {mayAct ? <ActAsLead message={found} /> : null}
              <p className="px-1 text-sm text-quiet">
                <Link
                  to="/enrollments/$enrollmentId"
                  params={{ enrollmentId: found.enrollmentId }}
                  className="text-accent underline"
                >
                  Its enrollment
                </Link>
                {", "}
                <Link to="/sandbox" search={{ enrollmentId: found.enrollmentId }} className="text-accent underline">
                  all its messages
                </Link>
              </p>
            </div>
          </div>
        )}
      </Read>
    </Page>
  );
}

function PartTabs({ sendKey, hasHtml }: { readonly sendKey: string; readonly hasHtml: boolean }) {
  const parts = [
    [undefined, "Message"],
    ...(hasHtml ? [["text", "Text part"] as const] : []),
    ["headers", "Headers"],
    ["raw", "Raw"],
  ] as const;
  return (
    <TabLinks label="Parts of the message">
      {parts.map(([part, name]) => (
        <TabLink
          key={name}
          to="/sandbox/$sendKey"
          params={{ sendKey }}
          search={part === undefined ? {} : { part }}
          activeOptions={{ exact: true, includeSearch: true }}
          replace
        >
          {name}
        </TabLink>
      ))}
    </TabLinks>
  );
}

function AsShown({ message, isText }: { readonly message: SandboxMessage; readonly isText: boolean }) {
  const { from, to, subject, at, html, text } = message;
  const sender = message.headers.find(({ name }) => name.toLowerCase() === "from")?.value ?? from;
  return (
    <article className="rounded-xl border border-line bg-card">
      <header className="space-y-1 border-b border-line px-5 py-4 text-sm">
        <p className="text-base font-semibold break-words">{subject || "Without a subject"}</p>
        <p className="break-words">
          <bdi>{sender}</bdi> <span className="text-quiet">to</span> <bdi>{to}</bdi>
        </p>
        <p className="text-xs text-quiet">
          <When at={at} />
        </p>
      </header>
      <div className="p-5">
        {html !== null && !isText ? (
          <MailFrame html={html} title={`The message ${subject}`} />
        ) : (
          <p dir="auto" className="text-sm break-words whitespace-pre-wrap">
            {text ?? "Without text."}
          </p>
        )}
      </div>
    </article>
  );
}

function Headers({ headers }: Pick<SandboxMessage, "headers">) {
  return (
    <dl className="divide-y divide-line rounded-xl border border-line bg-card text-sm">
      {headers.map(({ name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and the order is the message's
        <div key={index} className="grid gap-x-4 px-4 py-2 sm:grid-cols-[12rem_minmax(0,1fr)]">
          <dt className="text-quiet">{name}</dt>
          <dd className="font-mono text-xs leading-5 break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
