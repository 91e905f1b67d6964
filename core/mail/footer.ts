/** What stands under a message: the mailbox's own lines, each as it is stored. */
export interface Footer {
  readonly signature: string | null;
  readonly postalAddress: string | null;
}

/** A link under a message: its words, and where it leads. */
export interface FooterLink {
  readonly words: string;
  readonly url: string;
}

/** Text and HTML with the footer and the link under them; where there is nothing to add, as they were. */
export function withFooter(
  words: { readonly text: string; readonly html: string | null },
  footer: Footer | null,
  link: FooterLink | null,
): { readonly text: string; readonly html: string | null } {
  const parts = [footer?.signature, footer?.postalAddress].flatMap((part) =>
    part == null || part === "" ? [] : [part],
  );
  if (parts.length === 0 && link === null) return { text: words.text, html: words.html };
  const html = parts.map((part) => `<p>${escapeHtml(part).replaceAll("\n", "<br>")}</p>`);
  const texts = [words.text, ...parts];
  if (link !== null) {
    texts.push(`${link.words}: ${link.url}`);
    html.push(`<p><a href="${escapeHtml(link.url).replaceAll('"', "&quot;")}">${escapeHtml(link.words)}</a></p>`);
  }
  return {
    text: texts.join("\n\n"),
    html: words.html === null ? null : beforeEnd(words.html, html.join("")),
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
