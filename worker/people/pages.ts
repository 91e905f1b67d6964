import { html, raw } from "hono/html";
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from "../../adapters/auth/open-auth.ts";

/** What a browser may do with the pages: run and show what comes from here, and ask nobody else anything. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

type Html = ReturnType<typeof html>;

/** The page to sign in at; `next` is the path of our own to go to then. people.js shows the part that fits. */
export function signInPage(next: string, hasSingleSignOn: boolean): Promise<Response> {
  return page(
    "Sign in",
    next,
    html`
      <form data-part="credentials" data-action="/auth/sign-in/password">
        <label>E-mail <input name="email" type="email" autocomplete="username" required></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" maxlength="${PASSWORD_CHARACTERS_MAX}" required></label>
        <button>Sign in</button>
        <p class="or"><span>or</span></p>
        <button type="button" class="quiet" data-ask="/auth/sign-in/email">E-mail me a link to sign in</button>
        ${hasSingleSignOn ? html`<button type="button" class="quiet" data-sso="/auth/sign-in/sso">Use your company's sign-on</button>` : ""}
        <button type="button" class="link" data-ask="/auth/password/forgot">Forgot the password?</button>
      </form>
      <form data-part="link" data-action="/auth/sign-in/link" hidden>
        <p>This link signs you in. It works once.</p>
        <button>Sign in</button>
      </form>
      <form data-part="reset" data-action="/auth/password/reset" hidden>
        ${newPassword("Your new password")}
        <button>Set the password</button>
      </form>
      <div data-part="inside" hidden>
        <p>You are signed in as <strong data-show="email"></strong>.</p>
        <p class="note"><span data-show="tenant"></span> · <span data-show="role"></span></p>
        <a class="button" data-next href="/">Continue</a>
        <form data-action="/auth/sign-out"><button class="quiet">Sign out</button></form>
        <details>
          <summary>Set or change the password</summary>
          <form data-action="/auth/password" data-done="The password is set.">
            <label>Current password, if you have one <input name="currentPassword" type="password" autocomplete="current-password" maxlength="${PASSWORD_CHARACTERS_MAX}"></label>
            ${newPassword("New password")}
            <button>Set the password</button>
          </form>
        </details>
      </div>`,
  );
}

/** The page behind the link of an invitation. */
export function invitationPage(): Promise<Response> {
  return page(
    "Invitation",
    "/",
    html`
      <p data-part="none">This page is opened by the link of an invitation.</p>
      <div data-part="invited" hidden>
        <p>You are invited to <strong data-show="tenantName"></strong> as <strong data-show="role"></strong>, with the address <strong data-show="email"></strong>.</p>
        <form data-accept="member" hidden><button>Accept</button></form>
        <form data-accept="account" hidden>
          <p class="note">There is an account with this address. Sign in to accept.</p>
          <label>Password <input name="password" type="password" autocomplete="current-password" maxlength="${PASSWORD_CHARACTERS_MAX}" required></label>
          <button>Sign in and accept</button>
          <p class="note">No password? <a href="/sign-in">Sign in by a link</a>, then open this one again.</p>
        </form>
        <form data-accept="newcomer" hidden>
          <label>Your name <input name="name" autocomplete="name" maxlength="100" required></label>
          ${newPassword("Choose a password")}
          <button>Make an account and accept</button>
        </form>
        <form data-accept="other" data-action="/auth/sign-out" hidden>
          <p class="note">You are signed in as <strong data-show="signedInAs"></strong>.</p>
          <button>Sign out first</button>
        </form>
      </div>`,
  );
}

function newPassword(label: string): Html {
  return html`<label>${label} <input name="newPassword" type="password" autocomplete="new-password" minlength="${PASSWORD_CHARACTERS_MIN}" maxlength="${PASSWORD_CHARACTERS_MAX}" required><small>${PASSWORD_CHARACTERS_MIN} characters or more; a sentence is easy to keep</small></label>`;
}

async function page(title: string, next: string, content: Html): Promise<Response> {
  const text = await html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <title>${title} · Drafthook</title>
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/people.css">
  <script type="module" src="/people.js"></script>
</head>
<body>
  <main data-next="${next}">
    <p class="name">Drafthook</p>
    <h1>${title}</h1>
    <p id="word" role="status" aria-live="polite" hidden></p>
    ${raw(await content)}
    <noscript><p class="bad">This page needs JavaScript: what it sends is JSON, which no other site can send in your name.</p></noscript>
  </main>
</body>
</html>
`;
  return new Response(text.toString(), { headers: HEADERS });
}
