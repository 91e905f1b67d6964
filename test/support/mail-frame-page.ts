import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build, type Plugin } from "vite";
import { inProject } from "../../tools/project.ts";

const ENTRY = "virtual:mail-frame-page";

/** Shows whatever mails it is given by the dashboard's own component: `showMails(htmls)`; `loaded` counts the frames that are through. */
const SOURCE = `
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { MailFrame } from ${JSON.stringify(inProject("dashboard/src/ui/mail-frame.tsx"))};
const root = createRoot(document.getElementById("root"));
let round = 0;
document.addEventListener("load", ({ target }) => { if (target.tagName === "IFRAME") window.loaded += 1; }, true);
window.showMails = (mails) => {
  round += 1;
  window.loaded = 0;
  root.render(mails.map((html, at) => createElement(MailFrame, { key: round + "-" + at, html, title: "mail " + at })));
};
`;

const STYLE = `<style>body{margin:0}#root{display:grid;grid-template-columns:repeat(8,200px)}figure{margin:0;width:200px;height:180px;overflow:hidden}figcaption{display:none}figure>div{height:170px!important}iframe{width:100%;height:100%;border:0}</style>`;

/** What a dashboard without a frame and without cleaning would do, and a press on what can be pressed. */
const CARELESS = `<!doctype html><body><script>
window.showMails = (mails) => {
  for (const html of mails) {
    const place = document.body.appendChild(document.createElement("div"));
    place.innerHTML = html;
    place.querySelector("a, button, input[type=submit]")?.click();
  }
};
</script>`;

/** The component as the dashboard's build makes it, on a page with the dashboard's own policy; and a page that shows mails carelessly. */
export async function serveMailFramePage(): Promise<{ readonly server: Server; readonly url: string }> {
  const files = await buildPage();
  const policy = /Content-Security-Policy: (.+)/.exec(
    readFileSync(inProject("dashboard/public/_headers"), "utf8"),
  )?.[1];
  if (policy === undefined) throw new Error("dashboard/public/_headers has no Content-Security-Policy");
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const file = files.get(path.slice(1));
    if (path === "/")
      response
        .writeHead(200, { "content-type": "text/html", "content-security-policy": policy })
        .end(`<!doctype html>${STYLE}<div id="root"></div><script type="module" src="/${entryOf(files)}"></script>`);
    else if (path === "/careless") response.writeHead(200, { "content-type": "text/html" }).end(CARELESS);
    else if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": "text/javascript" }).end(file);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function buildPage(): Promise<ReadonlyMap<string, string>> {
  const entry: Plugin = {
    name: "mail-frame-page",
    resolveId: (id) => (id === ENTRY ? inProject("dashboard/src/mail-frame-page.js") : null),
    load: (id) => (id.endsWith("/mail-frame-page.js") ? SOURCE : null),
  };
  const built = await build({
    configFile: inProject("dashboard/vite.config.ts"),
    logLevel: "error",
    plugins: [entry],
    build: { write: false, rolldownOptions: { input: ENTRY } },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const chunks = outputs.flatMap((one) => ("output" in one ? one.output : []));
  return new Map(chunks.flatMap((one) => (one.type === "chunk" ? [[one.fileName, one.code] as const] : [])));
}

function entryOf(files: ReadonlyMap<string, string>): string {
  const name = [...files.keys()].find((file) => file.includes("mail-frame-page"));
  if (name === undefined) throw new Error(`the build made no entry: ${[...files.keys()].join(", ")}`);
  return name;
}
