/** Where a recipient says that they want no more. `url` takes a POST (RFC 8058) and shows a page to a GET. */
export interface UnsubscribeWays {
  /** Null where this installation has no https URL: a mail client would not ask another. */
  readonly url: string | null;
  readonly mailto: string;
}

/** List-Unsubscribe and, where there is a URL, List-Unsubscribe-Post with the one value that it may have (RFC 8058 section 3.1). */
export function unsubscribeHeaders({ url, mailto }: UnsubscribeWays): Readonly<Record<string, string>> {
  const byMail = `<mailto:${mailto}?subject=unsubscribe>`;
  if (url === null) return { "List-Unsubscribe": byMail };
  return {
    "List-Unsubscribe": `<${url}>, ${byMail}`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}
