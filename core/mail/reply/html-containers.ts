import { attributeOf, type HtmlTag } from "./html-tags.ts";

/**
 * What an element says of the text in it. `quoted`: the mail before. `quoted_first`: an attribution and the mail before;
 * but what follows the inner quote is the person's (Gmail puts answers below a quote into the quote's own box). `signature`:
 * as it says. `quote_start`: if a header block follows, then the mail before begins here and has no end.
 */
export type Container = "quoted" | "quoted_first" | "signature" | "quote_start";

/** What the mark-up of a mail client says of this element; null for one that says nothing. */
export function containerOf(tag: HtmlTag): Container | null {
  if (tag.attributes.length < 4) return tag.name === "blockquote" ? "quoted" : null;
  if (tag.name === "blockquote") return isIndent(tag) ? null : "quoted";
  if (!BOXES.has(tag.name)) return null;
  return named(tag) ?? styled(tag);
}

const BOXES: ReadonlySet<string> = new Set([
  ...[
    "div",
    "span",
    "p",
    "hr",
    "table",
    "tbody",
    "tr",
    "td",
    "pre",
    "section",
    "font",
    "ul",
    "footer",
    "a",
    "br",
    "details",
  ],
]);

function named(tag: HtmlTag): Container | null {
  for (const attribute of NAMING_ATTRIBUTES) {
    const value = attributeOf(tag, attribute);
    if (value === "") continue;
    for (const word of value.slice(0, 400).split(/\s+/, 12)) {
      const bare = word.replace(RENAMED, "").toLowerCase();
      const container = NAMES.get(bare) ?? STEMS.find(([stem]) => bare.startsWith(stem))?.[1];
      if (container !== undefined) return container;
    }
  }
  return null;
}

const NAMING_ATTRIBUTES = ["class", "id", "name", "data-marker"];

/** What web mail puts before the names in mail that it shows or passes on. */
const RENAMED =
  /^(?:(?:x_|ecx|yiv\d{1,12}|m_-?\d{1,24}|aolmail_|ydp[0-9a-f]{6,9}|gmail[-_](?=gmail|moz|ms|m_|yahoo|protonmail|apple))){1,4}/i;

/** By what the clients call them; lower case. The client stands at the side. */
const NAMES: ReadonlyMap<string, Container> = new Map<string, Container>([
  ["gmail_quote", "quoted_first"], // Gmail, and many that copy it
  ["gmail_quote_container", "quoted_first"],
  ["gmail_attr", "quoted"],
  ["gmail_signature", "signature"],
  ["gmail_signature_prefix", "signature"],
  ["moz-cite-prefix", "quoted"], // Thunderbird
  ["moz-email-headers-table", "quote_start"],
  ["moz-forward-container", "quoted"],
  ["moz-signature", "signature"],
  ["divrplyfwdmsg", "quote_start"], // Outlook on the web
  ["appendonsend", "quote_start"],
  ["stopspelling", "quote_start"],
  ["stopspelling1", "quote_start"],
  ["olk_src_body_section", "quoted"], // Outlook for Mac
  ["mac_outlook_attribution", "quoted"],
  ["outlookmessageheader", "quote_start"],
  ["ms-outlook-mobile-signature", "signature"],
  ["ms-outlook-mobile-reference-message", "quoted"],
  ["mail-editor-reference-message-container", "quoted"],
  ["elementtoproof_quote", "quoted"],
  ["applemailsignature", "signature"], // Apple Mail
  ["yahoo_quoted", "quoted"], // Yahoo
  ["yahoo-quoted", "quoted"],
  ["yahooquoted", "quoted"],
  ["ymail_android_signature", "signature"],
  ["qtdseparatebr", "quote_start"],
  ["yqtdbase", "quoted"],
  ["protonmail_quote", "quoted"], // Proton
  ["protonmail_signature_block", "signature"],
  ["zmail_extra", "quoted"], // Zoho
  ["zmail_extra_hr", "quote_start"],
  ["zwchr", "quote_start"], // Zimbra
  ["__divider__", "quote_start"],
  ["__quoted_text__", "quoted"],
  ["__headers__", "quoted"],
  ["messagereplysection", "quoted"], // Spark
  ["messagesignaturesection", "signature"],
  ["airmail_on", "quoted"], // Airmail
  ["airmail_ext_on", "quoted"],
  ["fastmail-quoted", "quoted"], // Fastmail
  ["hmquote", "quoted"], // Hotmail
  ["isreplycontent", "quoted"], // NetEase, QQ
  ["isforwardcontent", "quoted"],
  ["ntes-pcmac-signature", "signature"],
  ["ntes-pcandroid-signature", "signature"],
  ["foxmail_quote", "quoted"],
  ["__aliyun_previous_quote", "quoted"],
  ["lark-mail-quote", "quoted"],
  ["history-quote-wrapper", "quoted"],
  ["tutanota_quote", "quoted"],
  ["front-blockquote", "quoted"],
  ["front-quote", "quoted"],
  ["polymail_quote", "quoted"],
  ["nylas-quote", "quoted"],
  ["mb_quote", "quoted"], // Mailbird
  ["edo-quote", "quoted"], // Edison
  ["edo-original-message", "quoted"],
  ["hey-quoted", "quoted"],
  ["sh-quoted-content", "quoted"],
  ["sh-signature", "signature"],
  ["missive_quote", "quoted"],
  ["missive_signature", "signature"],
  ["hs_reply", "quoted"], // HubSpot
  ["replyforwardheader", "quote_start"],
  ["bloop_original_html", "quoted"], // Airmail, Unibox
  ["bloop_sign", "signature"],
  ["unibox-quote", "quoted"],
  ["composer_signature", "signature"], // Samsung
  ["composer_signature_placeholder", "signature"],
  ["samsung_quote", "quoted"],
  ["quoted-text", "quoted"],
  ["quotedtext", "quoted"],
  ["quoted_text", "quoted"],
  ["quote-wrapper", "quoted"],
  ["reply-intro", "quoted"], // Roundcube
  ["original-message", "quoted"],
  ["originalmessage", "quoted"],
  ["replied-message", "quoted"],
  ["rpl_msg", "quoted"],
  ["mobisystems_quote", "quoted"],
  ["wisestamp_signature", "signature"],
  ["mailspring-signature", "signature"],
  ["nylas-n1-signature", "signature"],
  ["front-signature", "signature"],
  ["tutanota-signature", "signature"],
  ["signature-container", "signature"],
  ["signature", "signature"],
  ["email-signature", "signature"],
]);

/** Names that end in a number or the like. */
const STEMS: readonly (readonly [stem: string, container: Container])[] = [
  ["yahoo_quoted_", "quoted"],
  ["applemailsignature", "signature"],
  ["bloop_sign_", "signature"],
  ["edo-signature", "signature"],
  ["mobileaddquote", "quoted"],
  ["mail_android_quote", "quoted"],
];

/** Outlook has no names, but always the same lines: above the header block, or at the left of the mail before. */
function styled(tag: HtmlTag): Container | null {
  if (tag.name !== "div" && tag.name !== "table" && tag.name !== "td" && tag.name !== "p") return null;
  if (!tag.attributes.includes("order")) return null;
  const style = attributeOf(tag, "style").slice(0, 600).toLowerCase().replaceAll(/\s+/g, " ");
  if (style === "") return null;
  if (tag.name === "div" && /border-left[^;]*solid/.test(style) && /padding(?:-left)?:/.test(style)) return "quoted";
  if (/border-top[^;]*solid/.test(style)) return "quote_start";
  return null;
}

/** A `blockquote` that is moved to the right and nothing else is how people indent. */
function isIndent(tag: HtmlTag): boolean {
  if (attributeOf(tag, "type").toLowerCase() === "cite" || attributeOf(tag, "cite") !== "") return false;
  const style = attributeOf(tag, "style").toLowerCase().replaceAll(/\s+/g, "");
  if (!/border:(?:none|medium|0)/.test(style) || /border-left:(?!none|0|medium)/.test(style)) return false;
  return attributeOf(tag, "class") === "" && attributeOf(tag, "id") === "";
}
