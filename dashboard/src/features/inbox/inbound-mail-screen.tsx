import { Link, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import type { InboundMailText } from "../../../../core/contract/inbound.ts";
import { useRead } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { MailFrame } from "../../ui/mail-frame.tsx";
import { Card, Page } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { When } from "../../ui/when.tsx";
import { AttachMail } from "./attach-mail.tsx";
import { EvidenceList } from "./evidence-list.tsx";
import { nameKind, sayClassification, toneOfKind } from "./mail-words.ts";

/** One mail with everything that is known of it. */
export function InboundMailScreen() {
  const { inboundId } = useParams({ from: "/inbox/mails/$inboundId" });
  const mail = useRead<InboundMailText>(`/v1/inbound/${inboundId}`);
  const mayAttach = useMay("inbound:write");
  const isUnmatched = mail.data?.status === "unmatched";
  return (
    <Page
      title={mail.data?.subject ?? "A mail"}
      beside={
        mail.data === undefined ? null : <Badge tone={toneOfKind(mail.data.kind)}>{nameKind(mail.data.kind)}</Badge>
      }
      lead={
        <Link
          to={isUnmatched ? "/inbox/unmatched" : "/inbox"}
          className="inline-flex min-h-6 items-center gap-1.5 text-accent"
        >
          <ArrowLeft className="size-4" aria-hidden /> {isUnmatched ? "Unmatched mail" : "Inbox"}
        </Link>
      }
      actions={mail.data !== undefined && isUnmatched && mayAttach ? <AttachMail mail={mail.data} /> : null}
    >
      <Read of={mail} lines={10}>
        {(found) => (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <div className="min-w-0 space-y-5">
              <Whose mail={found} />
              <Card title="What is new in it">
                <p dir="auto" className="text-sm break-words whitespace-pre-wrap">
                  {found.cleanText === "" ? "Without text." : found.cleanText}
                </p>
                {found.quotedText === "" ? null : (
                  <details className="mt-3 text-sm">
                    <summary className="min-h-6 text-xs font-medium text-quiet">The quoted part</summary>
                    <p
                      dir="auto"
                      className="mt-1 border-l-2 border-line pl-3 break-words whitespace-pre-wrap text-quiet"
                    >
                      {found.quotedText}
                    </p>
                  </details>
                )}
              </Card>
              {found.html == null ? null : (
                <Card title="The original">
                  <MailFrame html={found.html} title={`The original of ${found.subject ?? "the mail"}`} />
                </Card>
              )}
            </div>
            <div className="min-w-0 space-y-5">
              <Card title="The mail">
                <dl className="space-y-2 text-sm">
                  <Fact name="From">{found.fromEmail ?? "nobody"}</Fact>
                  {found.envelopeFrom === found.fromEmail ? null : (
                    <Fact name="On the envelope">{found.envelopeFrom || "no sender, as reports have"}</Fact>
                  )}
                  <Fact name="To">{found.envelopeTo}</Fact>
                  <Fact name="Came in">
                    <When at={found.at} />
                  </Fact>
                  <Fact name="Size">{(found.sizeBytes / 1024).toFixed(1)} KiB</Fact>
                  <Fact name="Message-ID">
                    <code className="font-mono text-xs">{found.messageId ?? "none"}</code>
                  </Fact>
                </dl>
              </Card>
              <Card title="How it was read">
                <p className="mb-3 text-sm">{sayClassification(found.classification)}</p>
                <EvidenceList mail={found} />
              </Card>
            </div>
          </div>
        )}
      </Read>
    </Page>
  );
}

function Whose({ mail: { status, enrollmentId, suggestedEnrollmentId, reason } }: { readonly mail: InboundMailText }) {
  if (status === "unmatched")
    return (
      <div className="rounded-xl border border-line bg-warn-soft px-4 py-3 text-sm">
        <p className="font-medium text-warn">Nobody knows whose this is, so it has stopped nobody.</p>
        <p className="mt-1">
          {reason === null ? "" : `Why: ${reason}. `}
          {suggestedEnrollmentId === null ? null : (
            <>
              It names <EnrollmentLink id={suggestedEnrollmentId}>an enrollment</EnrollmentLink>, without proof.
            </>
          )}
        </p>
      </div>
    );
  return (
    <p className="text-sm">
      {status === "attached" ? "A person said that it belongs to " : "It belongs to "}
      {enrollmentId === null ? (
        "a conversation that is gone"
      ) : (
        <Link to="/inbox/$enrollmentId" params={{ enrollmentId }} className="text-accent underline">
          this conversation
        </Link>
      )}
      .
    </p>
  );
}

function EnrollmentLink({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <Link to="/enrollments/$enrollmentId" params={{ enrollmentId: id }} className="text-accent underline">
      {children}
    </Link>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-quiet">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
