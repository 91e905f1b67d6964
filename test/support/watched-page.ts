import type { Browser, Page } from "playwright-core";

/** What a page did that it should not. */
export interface Misdeeds {
  readonly runs: string[];
  readonly cookies: string[];
  readonly requests: string[];
  readonly windows: string[];
}

/** Said by what is put in place of `alert` and its kin, and of `document.cookie`, in every frame. */
const [RAN, READ] = ["misdeed: ran", "misdeed: read the cookie"];

/**
 * A page of a real browser in which nothing goes unseen: scripts by what they call, requests at the network and as they are
 * asked for, cookies by their getter, windows and frames that go elsewhere. `ownUrl` and what is under it may be fetched.
 */
export async function watchedPage(browser: Browser, ownUrl: string): Promise<{ page: Page; misdeeds: Misdeeds }> {
  const misdeeds: Misdeeds = { runs: [], cookies: [], requests: [], windows: [] };
  const context = await browser.newContext({ viewport: { width: 1600, height: 1100 } });
  await context.addCookies([{ name: "session", value: "secret", url: ownUrl }]);
  await context.addInitScript(
    ([ran, read]) => {
      // biome-ignore lint/suspicious/noExplicitAny: it runs in the browser, whose types this project doesn't have
      const page = globalThis as any;
      for (const name of ["alert", "confirm", "prompt", "print"]) page[name] = () => page.console.debug(ran);
      const cookie = Object.getOwnPropertyDescriptor(page.Document.prototype, "cookie");
      Object.defineProperty(page.Document.prototype, "cookie", {
        configurable: true,
        get() {
          page.console.debug(read);
          return cookie?.get?.call(this);
        },
      });
    },
    [RAN, READ],
  );
  await context.route(
    (url) => !url.href.startsWith(`${ownUrl}/`),
    (route) => {
      misdeeds.requests.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.text() === RAN) misdeeds.runs.push(message.location().url);
    if (message.text() === READ) misdeeds.cookies.push(message.location().url);
  });
  page.on("dialog", (dialog) => {
    misdeeds.runs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${ownUrl}/`)) misdeeds.requests.push(request.url());
  });
  page.on("framenavigated", (frame) => {
    if (!["about:srcdoc", "about:blank"].includes(frame.url()) && !frame.url().startsWith(ownUrl))
      misdeeds.requests.push(frame.url());
  });
  context.on("page", (opened) => {
    if (opened !== page) misdeeds.windows.push(opened.url());
  });
  return { page, misdeeds };
}
