import { LINK_MINUTES, type PersonalLink } from "../../adapters/auth/open-auth.ts";
import { type Notice, sendNotice } from "../../adapters/mail/send-notice.ts";

/** How links reach people: by e-mail, in the terminal of who runs it on their own machine, or not at all. */
export type WayOut = "mail" | "terminal" | "none";

export function wayOut(env: Env): WayOut {
  if (env.AUTH_MAIL_FROM) return "mail";
  return env.LOCAL_MODE === "on" ? "terminal" : "none";
}

/** The address of a page that opens something. The token stands behind the `#`, which no server, proxy or log is told. */
export function linkTo(env: Env, page: "/sign-in" | "/invitation", field: string, token: string): string {
  return `${new URL(page, env.PUBLIC_URL)}#${field}=${token}`;
}

/** Brings a link to sign in, or to set a new password, to its person. Without a way out nothing happens. */
export async function sendLink(env: Env, { purpose, email, token }: PersonalLink): Promise<void> {
  const { field, subject, text } = LINKS[purpose];
  const link = linkTo(env, "/sign-in", field, token);
  await sendOut(env, link, {
    to: email,
    subject,
    text: `${text}\n\n${link}\n\nIt works once, for ${LINK_MINUTES} minutes. If you didn't ask for it, nothing needs to be done.\n`,
  });
}

/** Brings somebody the link of their invitation. False when there is no way to them but the answer to who invites. */
export async function sendInvitation(env: Env, email: string, tenantName: string, link: string): Promise<boolean> {
  const subject = `You are invited to ${tenantName}`;
  const text = `You are invited to ${tenantName} on Drafthook:\n\n${link}\n\nIt works once, for 7 days.\n`;
  await sendOut(env, link, { to: email, subject, text });
  return wayOut(env) === "mail";
}

async function sendOut(env: Env, link: string, notice: Notice): Promise<void> {
  const way = wayOut(env);
  if (way === "mail") await sendNotice(env.EMAIL, env.AUTH_MAIL_FROM, notice);
  if (way === "terminal") console.log(`${notice.subject} (${notice.to}): ${link}`);
}

const LINKS = {
  sign_in: { field: "link", subject: "Sign in to Drafthook", text: "Sign in to Drafthook by this link:" },
  new_password: { field: "reset", subject: "A new password for Drafthook", text: "Set a new password by this link:" },
} as const;
