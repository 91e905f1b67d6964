import DOMPurify from "dompurify";

/** A mail that can be shown: a whole document, how high it is about, and how many images it would have fetched. */
export interface CleanMail {
  readonly document: string;
  readonly heightRem: number;
  readonly left: number;
}

/** Takes out of a mail's HTML what runs, what fetches and what leads away, and says where a link would have led. */
export function cleanMail(html: string): CleanMail {
  const purify = DOMPurify(window);
  let left = 0;
  purify.addHook("afterSanitizeAttributes", (element) => {
    if (element.nodeName === "IMG" && !isInline(element)) {
      left += 1;
      element.replaceWith(element.ownerDocument.createTextNode(` [${altOf(element)}] `));
      return;
    }
    if (element.hasAttribute("href")) sayAddress(element);
    const style = element.getAttribute("style");
    if (style !== null) element.setAttribute("style", withoutFetches(style));
  });
  purify.addHook("uponSanitizeElement", (node, { tagName }) => {
    if (tagName === "style") node.textContent = withoutFetches(node.textContent ?? "");
  });
  const clean = purify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: [
      "form",
      "input",
      "button",
      "select",
      "textarea",
      "option",
      "video",
      "audio",
      "source",
      "track",
      "map",
    ],
    FORBID_ATTR: [
      "srcset",
      "background",
      "poster",
      "action",
      "ping",
      "target",
      "autofocus",
      "tabindex",
      "contenteditable",
    ],
    ALLOW_DATA_ATTR: false,
    FORCE_BODY: true,
  });
  return { document: HEAD + clean, heightRem: heightOf(clean), left };
}

/** First in the document, so that nothing stands before it. The page's own policy holds in the frame besides. */
const HEAD = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src 'none'"><meta charset="utf-8"><style>html{background:#fff;color:#1d2129;color-scheme:light;font:15px/1.5 system-ui,sans-serif}body{margin:12px 16px;overflow-wrap:anywhere}img,table{max-width:100%}img{height:auto}</style>`;

function isInline(image: Element): boolean {
  return /^data:image\//i.test(image.getAttribute("src") ?? "");
}

/** Style sheets fetch too. Without backslashes no word can be written in another way. Exported for its test. */
export function withoutFetches(css: string): string {
  return css
    .replaceAll("\\", "")
    .replace(/@import\b/gi, "@left-out")
    .replace(/\b(?:url|src|image|(?:-webkit-)?image-set)\((?!\s*["']?data:image\/)/gi, "left-out(");
}

function altOf(image: Element): string {
  const alt = (image.getAttribute("alt") ?? "").trim();
  return alt === "" ? "image" : alt;
}

const SHOWN_CHARACTERS = 90;

/** A link may show one address and lead to another: the real one stands beside it, and nothing can be pressed. */
function sayAddress(link: Element): void {
  const address = link.getAttribute("href") ?? "";
  link.removeAttribute("href");
  const text = (link.textContent ?? "").trim();
  if (address === "" || address.startsWith("#") || [address, `mailto:${text}`].includes(text)) return;
  const note = link.ownerDocument.createElement("small");
  note.title = address;
  note.style.color = "#5b626d";
  note.textContent = ` <${address.length > SHOWN_CHARACTERS ? `${address.slice(0, SHOWN_CHARACTERS)}…` : address}>`;
  link.append(note);
}

/** A frame without an origin can't be measured, so its height is told by its text; a person can pull it. */
function heightOf(clean: string): number {
  const text = clean.replace(/<style[\s\S]*?<\/style>|<[^>]*>/gi, " ").replace(/\s+/g, " ");
  const blocks = clean.match(/<(?:p|div|br|tr|li|h[1-6])\b/gi)?.length ?? 0;
  const images = clean.match(/<img\b/gi)?.length ?? 0;
  return Math.min(38, Math.max(9, 3 + (text.length / 75 + blocks) * 1.6 + images * 10));
}
