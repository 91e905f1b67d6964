/** The words of an answer as a person reads them; nothing where there are none to be found. */
export function Words({ answer }: { readonly answer: string }) {
  const { subject, body } = wordsOf(answer);
  if (body === null) return null;
  return (
    <blockquote className="mt-3 rounded-lg bg-raised px-3 py-2 text-sm">
      {subject === null ? null : <p className="font-medium break-words">{subject}</p>}
      <p className="line-clamp-12 break-words whitespace-pre-wrap">{body}</p>
    </blockquote>
  );
}

function wordsOf(answer: string): { readonly subject: string | null; readonly body: string | null } {
  try {
    const { subject, body } = Object(JSON.parse(answer)) as { readonly subject?: unknown; readonly body?: unknown };
    return { subject: typeof subject === "string" ? subject : null, body: typeof body === "string" ? body : null };
  } catch {
    return { subject: null, body: null };
  }
}
