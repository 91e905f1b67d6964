const main = document.querySelector("main");
const word = document.getElementById("word");
const hash = new URLSearchParams(location.hash.slice(1));

/** Shows one part of the page and hides the others; puts the cursor where it is needed. */
function showPart(name) {
  for (const part of document.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== name;
  document.querySelector(`[data-part="${name}"] :is(input, button, .button)`)?.focus();
}

/** Says what came of it, to eyes and to screen readers. */
function say(text, isBad) {
  word.textContent = text;
  word.className = isBad ? "bad" : "";
  word.hidden = false;
}

function fill(values) {
  for (const place of document.querySelectorAll("[data-show]")) place.textContent = values[place.dataset.show] ?? "";
}

/** Sends JSON; answers what came back, or null when it was a no, which is said then. */
async function send(path, body) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    say(answer.detail ?? answer.title ?? `It failed (${response.status}).`, true);
  } catch {
    say("The server can't be reached. Try again.", true);
  }
  return null;
}

/** What a form holds, without the fields that were left empty. */
function valuesOf(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
}

/** Runs one action at a time of a form: its buttons rest meanwhile. */
async function busy(form, action) {
  const buttons = form.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  try {
    await action();
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

function goOn() {
  location.assign(main.dataset.next);
}

/** The token leaves the address bar and the history as soon as it is in use. */
function forgetToken() {
  history.replaceState(null, "", location.pathname + location.search);
}

async function submit(form) {
  const { action, done } = form.dataset;
  if (action === "/auth/sign-in/password" && (await send(action, valuesOf(form))) !== null) goOn();
  if (action === "/auth/sign-in/link") {
    const answer = await send(action, { token: hash.get("link") });
    forgetToken();
    if (answer === null) showPart("credentials");
    else goOn();
  }
  if (action === "/auth/password/reset") {
    const answer = await send(action, { token: hash.get("reset"), ...valuesOf(form) });
    if (answer === null) return;
    forgetToken();
    showPart("credentials");
    say("The password is set. Sign in with it.");
  }
  if (action === "/auth/password" && (await send(action, valuesOf(form))) !== null) {
    form.reset();
    say(done);
  }
  if (action === "/auth/sign-out" && (await send(action, {})) !== null) location.reload();
}

async function accept(form) {
  const token = hash.get("token");
  const { password, name, newPassword } = valuesOf(form);
  const email = document.querySelector('[data-show="email"]').textContent;
  if (form.dataset.accept === "account" && (await send("/auth/sign-in/password", { email, password })) === null) return;
  const newAccount = form.dataset.accept === "newcomer" ? { newAccount: { name, password: newPassword } } : {};
  if ((await send("/auth/invitation/accept", { token, ...newAccount })) !== null) goOn();
}

async function showInvitation() {
  const token = hash.get("token");
  const invitation = token === null ? null : await send("/auth/invitation", { token });
  if (invitation === null) return;
  fill(invitation);
  const { email, signedInAs, hasAccount } = invitation;
  const who = signedInAs === email ? "member" : signedInAs !== null ? "other" : hasAccount ? "account" : "newcomer";
  showPart("invited");
  for (const form of document.querySelectorAll("[data-accept]")) form.hidden = form.dataset.accept !== who;
  document.querySelector("[data-accept]:not([hidden]) :is(input, button)")?.focus();
}

async function showSignIn() {
  if (hash.has("link")) return showPart("link");
  if (hash.has("reset")) return showPart("reset");
  if (new URLSearchParams(location.search).get("sso") === "refused")
    say("The sign-on of your company didn't let you in, or your e-mail address isn't verified there.", true);
  const response = await fetch("/v1/me");
  const me = await response.json();
  if (me.actor?.kind !== "person") {
    showPart("credentials");
    if (me.code === "no_organization") say(me.detail, true);
    return;
  }
  fill({ email: me.actor.email, tenant: me.tenant.name, role: me.actor.role });
  document.querySelector("[data-next][href]").href = main.dataset.next;
  showPart("inside");
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  busy(form, () => (form.dataset.accept && !form.dataset.action ? accept(form) : submit(form)));
});

for (const button of document.querySelectorAll("[data-ask]"))
  button.addEventListener("click", () => {
    const { form } = button;
    const { email } = form.elements;
    if (!email.reportValidity()) return;
    busy(form, async () => {
      if ((await send(button.dataset.ask, { email: email.value })) !== null)
        say("If there is an account with this address, a link is on its way. It works for 15 minutes.");
    });
  });

document.querySelector("[data-sso]")?.addEventListener("click", ({ target }) =>
  busy(target.form, async () => {
    const answer = await send(target.dataset.sso, { next: main.dataset.next });
    if (answer !== null) location.assign(answer.url);
  }),
);

await (document.querySelector('[data-part="invited"]') === null ? showSignIn() : showInvitation());
