import { describe, expect, test } from "vitest";
import { splitHtmlReply } from "../../../../core/mail/reply/html-reply.ts";

const ORIG = "<p>Hi Sam,</p><p>Would a call do?</p><p>Anna</p>";

/** As the clients build it: the name of the client, its HTML, the words that are new. */
const MAILS: readonly (readonly [client: string, html: string, clean: string])[] = [
  [
    "gmail top",
    `<div dir="ltr">Thursday works.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, 3 Mar 2025 at 09:00, Anna &lt;<a href="mailto:a@b">a@b.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${ORIG}</blockquote></div>`,
    "Thursday works.",
  ],
  [
    "gmail bottom",
    `<div dir="ltr"><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On X, Anna wrote:<br></div><blockquote class="gmail_quote">${ORIG}</blockquote><div><br></div><div>Thursday works.</div></div></div>`,
    "Thursday works.",
  ],
  [
    "gmail inline",
    `<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">On X wrote:</div><blockquote class="gmail_quote">When?</blockquote><div>Thursday.</div><blockquote class="gmail_quote">Where?</blockquote><div>Oslo.</div></div></div>`,
    "Thursday. Oslo.",
  ],
  [
    "gmail old",
    `<div dir="ltr">Thursday works.</div><div class="gmail_extra"><br><br><div class="gmail_quote">On Mon, Mar 3, 2025 at 9:00 AM, Anna <span dir="ltr">&lt;<a>a@b.example</a>&gt;</span> wrote:<br><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">${ORIG}</blockquote></div><br></div>`,
    "Thursday works.",
  ],
  [
    "gmail sig",
    `<div dir="ltr">Thursday works.<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div dir="ltr">Sam Doyle<div>Harrow</div></div></div></div><br><div class="gmail_quote"><div class="gmail_attr">On..</div><blockquote class="gmail_quote">x</blockquote></div>`,
    "Thursday works.",
  ],
  [
    "gmail fwd",
    `<div dir="ltr">See below.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Anna</b></div>${ORIG}</div>`,
    "See below.",
  ],
  [
    "gmail quote without blockquote",
    `Thursday works.<div class="gmail_quote"><div class="gmail_quote">On 3 Mar 2025, at 9:00, Anna wrote:<div>Hi</div></div></div>`,
    "Thursday works.",
  ],
  [
    "outlook web",
    `<div style="font-family:Calibri" class="elementToProof">Thursday works.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>From:</b> Anna &lt;a@b.example&gt;<br><b>Sent:</b> Monday, March 3, 2025 9:00 AM<br><b>To:</b> Sam<br><b>Subject:</b> P</font><div>&nbsp;</div></div><div>${ORIG}</div>`,
    "Thursday works.",
  ],
  [
    "outlook web et",
    `<div>Thursday works.</div><hr tabindex="-1"><div id="divRplyFwdMsg"><b>Saatja:</b> Anna &lt;a@b.example&gt;<br><b>Saadetud:</b> 3. märts 2025 9:00<br><b>Adressaat:</b> Sam<br><b>Teema:</b> P</div>${ORIG}`,
    "Thursday works.",
  ],
  [
    "outlook desktop",
    `<html><head><style>p{}</style></head><body lang=EN-GB><div class=WordSection1><p class=MsoNormal>Thursday works.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b><span lang=EN-US>From:</span></b><span lang=EN-US> Anna &lt;a@b.example&gt; <br><b>Sent:</b> 03 March 2025 09:00<br><b>To:</b> Sam<br><b>Subject:</b> P<o:p></o:p></span></p></div></div>${ORIG}</div></body></html>`,
    "Thursday works.",
  ],
  [
    "outlook desktop lt",
    `<div class=WordSection1><p class=MsoNormal>Thursday works.</p><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Iš ko:</b> Anna &lt;a@b.example&gt;<br><b>Išsiųsta:</b> 2025 m. kovo 3 d. 09:00<br><b>Kam vardas:</b> Sam<br><b>Tema apie:</b> P</p></div>${ORIG}</div>`,
    "Thursday works.",
  ],
  [
    "outlook blue line",
    `<div class=WordSection1><p class=MsoNormal>Thursday works.</p><div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt'><div><div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>From:</b> Anna<br><b>Sent:</b> Monday<br><b>To:</b> S<br><b>Subject:</b> P</p></div></div>${ORIG}</div></div>`,
    "Thursday works.",
  ],
  [
    "outlook mac",
    `<div>Thursday works.</div><div><br></div><span id="OLK_SRC_BODY_SECTION"><div style="border-top:#b5c4df 1pt solid"><span style="font-weight:bold">From: </span> Anna<br></div><div>${ORIG}</div></span>`,
    "Thursday works.",
  ],
  [
    "outlook ios",
    `<div dir="auto">Thursday works.</div><div id="ms-outlook-mobile-signature">Get <a href="x">Outlook for iOS</a></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg"><b>From:</b> Anna &lt;a@b.example&gt;<br><b>Sent:</b> Monday, March 3, 2025 9:00:00 AM<br><b>To:</b> Sam<br><b>Subject:</b> P</div>${ORIG}`,
    "Thursday works.",
  ],
  [
    "apple mail",
    `<html><body style="word-wrap:break-word">Thursday works.<br><div><br><blockquote type="cite"><div>On 3 Mar 2025, at 09:00, Anna &lt;a@b.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>${ORIG}</div></blockquote></div><br></body></html>`,
    "Thursday works.",
  ],
  [
    "apple mail old",
    `Thursday works.<br><div><div>On 3 Mar 2025, at 09:00, Anna wrote:</div><br class="Apple-interchange-newline"><blockquote type="cite">${ORIG}</blockquote></div>`,
    "Thursday works.",
  ],
  [
    "iphone",
    `<html><body dir="auto"><div dir="ltr">Thursday works.</div><div dir="ltr"><br></div><div id="AppleMailSignature" dir="ltr">Sent from my iPhone</div><div dir="ltr"><br>On 3 Mar 2025, at 09:00, Anna &lt;a@b.example&gt; wrote:<br><br></div><blockquote type="cite"><div dir="ltr">${ORIG}</div></blockquote></body></html>`,
    "Thursday works.",
  ],
  [
    "iphone answer in signature box",
    `<div id="AppleMailSignature">Thursday works.</div><blockquote type="cite">${ORIG}</blockquote>`,
    "Thursday works.",
  ],
  [
    "thunderbird",
    `<p>Thursday works.<br></p><div class="moz-cite-prefix">Am 03.03.2025 um 09:00 schrieb Anna:<br></div><blockquote type="cite" cite="mid:x">${ORIG}</blockquote><br><pre class="moz-signature" cols="72">-- \nSam Doyle</pre>`,
    "Thursday works.",
  ],
  [
    "thunderbird bottom",
    `<div class="moz-cite-prefix">On 3/3/25 9:00, Anna wrote:<br></div><blockquote type="cite">${ORIG}</blockquote><p>Thursday works.</p><div class="moz-signature">-- <br>Sam</div>`,
    "Thursday works.",
  ],
  [
    "yahoo",
    `<div class="ydp123abc4yahoo-style-wrap" style="font-family:Helvetica"><div dir="ltr">Thursday works.</div></div><div id="yahoo_quoted_1234" class="yahoo_quoted"><div style="color:#26282a"><div>On Monday, 3 March 2025 at 09:00:00 GMT, Anna &lt;a@b.example&gt; wrote:</div><div><br></div>${ORIG}</div></div>`,
    "Thursday works.",
  ],
  [
    "yahoo in gmail",
    `<div>Thursday works.</div><div class="yiv1234567gmail_quote">On X<blockquote class="yiv1234567gmail_quote">a</blockquote></div>`,
    "Thursday works.",
  ],
  [
    "proton",
    `<div style="font-family:Arial">Thursday works.</div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a>Proton Mail</a> secure email.</div></div><div class="protonmail_quote">On Monday, March 3rd, 2025 at 9:00 AM, Anna &lt;a@b.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">${ORIG}</blockquote></div>`,
    "Thursday works.",
  ],
  [
    "zoho",
    `<div style="x">Thursday works.<br></div><div class="zmail_extra" style="border-top:0"><div id="Zm-_Id_-Sgn1">---- On Mon, 03 Mar 2025 09:00:00 +0100 <b>Anna &lt;a@b.example&gt;</b> wrote ----<br></div><blockquote style="margin:0">${ORIG}</blockquote></div>`,
    "Thursday works.",
  ],
  [
    "zimbra",
    `<div>Thursday works.</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From: </b>"Anna" &lt;a@b.example&gt;<br><b>To: </b>"Sam"<br><b>Sent: </b>Monday, March 3, 2025<br><b>Subject: </b>P</div><div data-marker="__QUOTED_TEXT__">${ORIG}</div>`,
    "Thursday works.",
  ],
  [
    "mail.ru",
    `<p>Thursday works.</p><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">Понедельник, 3 марта 2025, 9:00 +03:00 от Anna &lt;a@b.example&gt;:<br>${ORIG}</blockquote>`,
    "Thursday works.",
  ],
  [
    "yandex",
    `<div>Thursday works.</div><div><br /></div><div>03.03.2025, 09:00, "Anna" &lt;a@b.example&gt;:</div><blockquote type="cite">${ORIG}</blockquote>`,
    "Thursday works.",
  ],
  [
    "hotmail",
    `<div dir="ltr">Thursday works.<br><br><div><hr id="stopSpelling">Date: Mon, 3 Mar 2025 09:00:00 +0100<br>From: a@b.example<br>Subject: P<br>To: s@c.example<br><br>Hi</div></div>`,
    "Thursday works.",
  ],
  [
    "qq",
    `<div>Thursday works.</div><div style="font-size:12px;padding:2px 0"><br></div><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div style="background:#efefef"><div><b>发件人:</b>&nbsp;"Anna" &lt;a@b.example&gt;;</div><div><b>发送时间:</b>&nbsp;2025年3月3日</div></div>${ORIG}`,
    "Thursday works.",
  ],
  [
    "netease",
    `<div>Thursday works.</div><div style="position:relative;zoom:1"></div><p>At 2025-03-03 09:00:00, "Anna" &lt;a@b.example&gt; wrote:</p><blockquote id="isReplyContent" style="PADDING-LEFT:1ex">${ORIG}</blockquote>`,
    "Thursday works.",
  ],
  [
    "foxmail",
    `<div>Thursday works.</div><hr style="width:210px" color="#b5c4df" size="1" align="left"><div>Sam</div><blockquote style="margin-top:0px"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div><b>发件人：</b>Anna</div></div>x</blockquote>`,
    "Thursday works.",
  ],
  [
    "windows mail",
    `<div>Thursday works.</div><div data-signatureblock="true">Sent from Windows Mail</div><div style="padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; border-top-style: solid;"><div><b>From:</b> Anna<br><b>Sent:</b> Monday, March 3, 2025<br><b>To:</b> Sam</div></div><div>${ORIG}</div>`,
    "Thursday works.",
  ],
  [
    "aol",
    `<div>Thursday works.</div><div style="font-family:arial"><hr>-----Original Message-----<br>From: Anna &lt;a@b.example&gt;<br>To: sam<br>Sent: Mon, Mar 3, 2025<br>Subject: P<br>Hi</div>`,
    "Thursday works.",
  ],
  [
    "spark",
    `<div name="messageBodySection">Thursday works.</div><div name="messageSignatureSection"><br>Sam</div><div name="messageReplySection">On 3 Mar 2025, 09:00 +0100, Anna &lt;a@b.example&gt;, wrote:<br><blockquote type="cite">${ORIG}</blockquote></div>`,
    "Thursday works.",
  ],
  [
    "airmail",
    `<div id="bloop_customfont">Thursday works.</div><div id="bloop_sign_14" class="bloop_sign">Sam</div><p class="airmail_on">On 3 March 2025 at 09:00:00, Anna (a@b.example) wrote:</p><blockquote type="cite" class="clean_bq">${ORIG}</blockquote>`,
    "Thursday works.",
  ],
  [
    "roundcube",
    `<p>Thursday works.</p><p id="reply-intro">On 2025-03-03 09:00, Anna wrote:</p><blockquote type="cite">${ORIG}</blockquote>`,
    "Thursday works.",
  ],
  [
    "samsung",
    `<div dir="auto">Thursday works.</div><div><br></div><div id="composer_signature"><div>Sent from my Galaxy</div></div><div><br></div><div>-------- Original message --------</div><div>From: Anna</div><div>Date: 3/3/25 09:00 (GMT+01:00)</div><div>To: Sam</div><div>Subject: P</div>${ORIG}`,
    "Thursday works.",
  ],
  [
    "fastmail",
    `<div>Thursday works.</div><div id="sig1"><div>-- </div><div>Sam</div></div><div>On Mon, 3 Mar 2025, at 09:00, Anna wrote:</div><blockquote type="cite" id="qt">${ORIG}</blockquote>`,
    "Thursday works.",
  ],
  [
    "indent is own",
    `<div>We need:</div><blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>40 pallets</div></blockquote><div class="gmail_quote"><blockquote class="gmail_quote">x</blockquote></div>`,
    "We need: 40 pallets",
  ],
  ["nothing quoted", `<p>Thursday works.</p><p>Sam</p>`, "Thursday works. Sam"],
  ["bold head in text", `<p><b>From:</b> now on Fridays.</p><p>Ok?</p>`, "From: now on Fridays. Ok?"],
  [
    "signature border",
    `<p>Thursday works.</p><table style="border-top:solid #ccc 1px"><tr><td>Sam Doyle</td></tr><tr><td>Harrow</td></tr></table>`,
    "Thursday works. Sam Doyle Harrow",
  ],
  [
    "plain > in html",
    `Thursday works.<br><br>On 3 Mar 2025, Anna &lt;a@b.example&gt; wrote:<br>&gt; Hi<br>&gt; there`,
    "Thursday works.",
  ],
  ["pre", `<pre>Thursday works.\n\nOn 3 Mar 2025, Anna &lt;a@b.example&gt; wrote:\n&gt; Hi\n</pre>`, "Thursday works."],
  [
    "table layout",
    `<table><tr><td>Thursday works.</td></tr></table><table><tr><td><blockquote>${ORIG}</blockquote></td></tr></table>`,
    "Thursday works.",
  ],
  [
    "unclosed",
    `<p>Thursday works.<p>On 3 Mar 2025, Anna &lt;a@b.example&gt; wrote:<blockquote>Hi<p>there`,
    "Thursday works.",
  ],
  [
    "lotus",
    `<font size=2>Thursday works.</font><br><br><table><tr><td><font>From:</font><td><font>Anna &lt;a@b.example&gt;</font><tr><td>To:<td>Sam<tr><td>Date:<td>03/03/2025 09:00<tr><td>Subject:<td>P</table><hr noshade><br>Hi`,
    "Thursday works.",
  ],
  [
    "tutanota",
    `<div>Thursday works.</div><div>--</div><div>Sent with Tuta</div><div>3 Mar 2025, 09:00 by a@b.example:</div><blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8">${ORIG}</blockquote>`,
    "Thursday works.",
  ],
  ["a comment", `<p>Thursday works.</p><!-- <p>x</p> -->`, "Thursday works."],
];

describe("of an HTML mail only the new words count", () => {
  test.each(MAILS)("%s", (_client, html, clean) => {
    const parts = splitHtmlReply(html);
    expect(parts.clean.replaceAll(/\s+/g, " ")).toBe(clean);
    if (html.includes(ORIG)) expect(parts.quoted).toContain("Would a call do?");
  });
});

test("a signature in its box is kept apart", () => {
  const html = '<div>Fine.</div><div class="gmail_signature">Sam Doyle<br>Harrow</div><blockquote>When?</blockquote>';
  expect(splitHtmlReply(html)).toEqual({ clean: "Fine.", quoted: "When?", signature: "Sam Doyle\nHarrow" });
});

test("negative control: without the client's marks the same words are all the person's", () => {
  const html = "<div>Fine.</div><div>Sam Doyle<br>Harrow</div><div>When?</div>";
  expect(splitHtmlReply(html)).toEqual({ clean: "Fine.\nSam Doyle\nHarrow\nWhen?", quoted: "", signature: null });
});
