import type { ReactNode } from "react";
import type { InboundMailText } from "../../../../core/contract/inbound.ts";
import { sayDkim, saySign, sayToken } from "./evidence-words.ts";
import { nameKind, plain, sayConfidence } from "./mail-words.ts";

/** By which signs a mail was told, and what shows who wrote it. */
export function EvidenceList({ mail: { classification, auth } }: { readonly mail: InboundMailText }) {
  const { kind, subtype, confidence, evidence, bounce, absence } = classification;
  return (
    <dl className="grid gap-x-4 gap-y-1.5 text-[13px] sm:grid-cols-[8rem_minmax(0,1fr)]">
      <Line name="Taken for">
        {nameKind(kind)}
        {subtype === null ? "" : `, ${plain(subtype).toLowerCase()}`}
      </Line>
      <Line name="How sure">{sayConfidence(confidence)}</Line>
      <Line name="Signs">
        {evidence.length === 0 ? (
          "Nothing speaks against a person's mail."
        ) : (
          <ul className="space-y-0.5">
            {evidence.map((sign) => (
              <li key={sign}>
                {saySign(sign)} <code className="font-mono text-[11px] text-quiet">{sign}</code>
              </li>
            ))}
          </ul>
        )}
      </Line>
      {bounce === undefined ? null : (
        <Line name="The bounce">
          {[
            plain(bounce.reason),
            bounce.status === null ? "" : `status ${bounce.status}`,
            bounce.recipient === null ? "" : `for ${bounce.recipient}`,
          ]
            .filter(Boolean)
            .join(", ")}
          {bounce.diagnostic === null ? null : (
            <code className="mt-1 block font-mono text-[11px] break-words text-quiet">{bounce.diagnostic}</code>
          )}
        </Line>
      )}
      {absence === undefined ? null : (
        <Line name="The absence">
          {absence.returnsOn === null ? "" : `Back or away until ${absence.returnsOn}. `}
          {absence.successor === null ? "" : `Instead: ${absence.successor.email}`}
        </Line>
      )}
      <Line name="Reply address">{sayToken(auth)}</Line>
      <Line name="Signature">{sayDkim(auth)}</Line>
    </dl>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
