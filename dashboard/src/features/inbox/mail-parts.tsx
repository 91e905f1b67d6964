import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { InboundMailText } from "../../../../core/contract/inbound.ts";
import { MailFrame } from "../../ui/mail-frame.tsx";
import { EvidenceList } from "./evidence-list.tsx";

/** What of a mail is folded until somebody asks: what they quote, how it was read, how it looked. */
export function MailParts({ mail }: { readonly mail: InboundMailText }) {
  const { quotedText, html } = mail;
  return (
    <div className="mt-2 space-y-0.5">
      {quotedText === "" ? null : (
        <Unfold name="The quoted part">
          <p dir="auto" className="text-sm break-words whitespace-pre-wrap text-quiet">
            {quotedText}
          </p>
        </Unfold>
      )}
      <Unfold name="How it was read">
        <EvidenceList mail={mail} />
      </Unfold>
      {html == null ? null : (
        <Unfold name="Show the original">
          <MailFrame html={html} title={`The original of ${mail.subject ?? "the mail"}`} />
        </Unfold>
      )}
    </div>
  );
}

/** Not a `<details>`: what is inside isn't made before somebody looks. */
function Unfold({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-6 items-center gap-1 text-xs font-medium text-quiet hover:text-ink"
      >
        <ChevronRight className={`size-3.5 transition-transform ${isOpen ? "rotate-90" : ""}`} aria-hidden />
        {name}
      </button>
      {isOpen ? <div className="mt-1 mb-2 border-l-2 border-line pl-3">{children}</div> : null}
    </div>
  );
}
