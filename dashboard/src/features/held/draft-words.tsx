import type { DraftBody } from "../../../../core/contract/draft.ts";
import { Code } from "../../ui/code.tsx";

/** The message as it would go. */
export function DraftWords({ draft: { subject, body, html, meta, about } }: { readonly draft: DraftBody }) {
  if (body === null)
    return (
      <p className="rounded-xl border border-dashed border-strong-line px-4 py-6 text-center text-sm text-quiet">
        There is no text yet.
      </p>
    );
  return (
    <div className="space-y-2">
      <div className="rounded-xl border border-line bg-card">
        <p className="border-b border-line px-4 py-2.5 text-sm font-semibold break-words">
          {subject ?? <span className="font-normal text-quiet">{noSubject(about)}</span>}
        </p>
        <p className="px-4 py-3 text-sm break-words whitespace-pre-wrap">{body}</p>
      </div>
      {html === null && meta === null ? null : (
        <details className="text-sm">
          <summary className="w-fit rounded py-1 text-xs text-quiet">
            {html === null
              ? "How the text was made"
              : meta === null
                ? "Its HTML part"
                : "Its HTML part, and how the text was made"}
          </summary>
          <div className="mt-2 space-y-2">
            {html === null ? null : <Code label="HTML part" text={html} />}
            {meta === null ? null : (
              <Code label="meta, as your endpoint gave it" language="json" text={JSON.stringify(meta)} />
            )}
          </div>
        </details>
      )}
    </div>
  );
}

function noSubject(about: DraftBody["about"]): string {
  return about === "reply" ? "Goes as an answer in the thread" : "No subject of its own: it goes into the thread";
}
