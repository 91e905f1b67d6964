/** What stands under a message: the mailbox's own lines, each as it is stored. */
export interface Footer {
  readonly signature: string | null;
  readonly postalAddress: string | null;
}

/** Text and HTML with the footer under them; without a footer, or with an empty one, as they were. */
export function withFooter(
  words: { readonly text: string; readonly html: string | null },
  footer: Footer | null,
): { readonly text: string; readonly html: string | null } {
  const parts = [footer?.signature, footer?.postalAddress].flatMap((part) =>
    part == null || part === "" ? [] : [part],
  );
  if (parts.length === 0) return { text: words.text, html: words.html };
  const html = parts.map((part) => `<p>${escapeHtml(part).replaceAll("\n", "<br>")}</p>`).join("");
  return {
    text: `${words.text}\n\n${parts.join("\n\n")}`,
    html: words.html === null ? null : beforeEnd(words.html, html),
  };
}

/** A whole HTML document keeps its end; a fragment gets the footer after it. */
function beforeEnd(html: string, footer: string): string {
  const end = html.toLowerCase().lastIndexOf("</body>");
  return end < 0 ? `${html}${footer}` : `${html.slice(0, end)}${footer}${html.slice(end)}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
