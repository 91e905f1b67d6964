import type { Api } from "../api.ts";
import { hasSingleSignOn } from "./auth-of.ts";
import { bootstrap } from "./bootstrap.ts";
import { acceptInvitation, showInvitation } from "./invitation.ts";
import { chooseOrganization } from "./organization.ts";
import { invitationPage, signInPage } from "./pages.ts";
import { changePassword, resetPassword } from "./password.ts";
import { safePath } from "./safe-path.ts";
import { askForLink, askForNewPassword, signInByLink, signInByPassword, signOut } from "./sign-in.ts";
import { beginSingleSignOn, endSingleSignOn } from "./single-sign-on.ts";

/** How people get in and out. Of better-auth's own routes none is reached from outside: these are all that there is. */
export function registerPeople(app: Api): void {
  app.get("/sign-in", (c) =>
    signInPage(safePath(c.req.query("next"), new URL(c.req.url).origin), hasSingleSignOn(c.env)),
  );
  app.get("/invitation", () => invitationPage());
  app.post("/auth/sign-in/password", signInByPassword);
  app.post("/auth/sign-in/email", askForLink);
  app.post("/auth/sign-in/link", signInByLink);
  app.post("/auth/sign-in/sso", beginSingleSignOn);
  app.get("/auth/callback/oidc", endSingleSignOn);
  app.post("/auth/sign-out", signOut);
  app.post("/auth/organization", chooseOrganization);
  app.post("/auth/password", changePassword);
  app.post("/auth/password/forgot", askForNewPassword);
  app.post("/auth/password/reset", resetPassword);
  app.post("/auth/invitation", showInvitation);
  app.post("/auth/invitation/accept", acceptInvitation);
  app.post("/auth/bootstrap", bootstrap);
}
