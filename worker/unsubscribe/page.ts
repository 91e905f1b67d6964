import { wordsFor } from "./words.ts";

/** The page behind the link. It loads nothing, tells nobody where it was opened from, and acts only by its button. */
export function unsubscribePage(acceptLanguage: string, state: "asking" | "done"): Response {
  const { language, words } = wordsFor(acceptLanguage);
  const content =
    state === "done"
      ? `<p role="status">${words.done}</p>`
      : `<p>${words.question}</p><form method="post"><button name="by" value="page">${words.button}</button></form>`;
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title}</title>
<style>${STYLE}</style>
</head>
<body><main><h1>${words.title}</h1>${content}</main></body>
</html>
`;
  return new Response(html, { headers: HEADERS });
}

const STYLE =
  ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font:1.0625rem/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}main{max-width:28rem;padding:2rem;text-align:center}h1{font-size:1.5rem;margin:0 0 .5rem}button{font:inherit;font-weight:600;margin-top:1rem;padding:.65rem 1.5rem;border:0;border-radius:.5rem;background:#1d4ed8;color:#fff;cursor:pointer}button:focus-visible{outline:3px solid #93c5fd;outline-offset:2px}";

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};
