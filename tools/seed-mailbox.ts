import { z } from "zod";

/**
 * Gives the test key a sender when it has none: a sandbox mailbox, whose mail is kept under /v1/sandbox/messages and
 * reaches nobody. Without one no e-mail step could be tried before a mailbox is set up. Returns what went wrong, if
 * anything did: a start without a mailbox is still a start.
 */
export async function seedSandboxMailbox(url: string, key: string): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const list = await fetch(`${url}/v1/mailboxes?limit=1`, { headers });
  const mailboxes = MailboxPage.safeParse(await list.json().catch(() => undefined));
  if (!mailboxes.success) return `The mailboxes can't be listed: ${list.status}.`;
  if (mailboxes.data.data.length > 0) return undefined;
  const made = await fetch(`${url}/v1/mailboxes`, { method: "POST", headers, body: JSON.stringify(SANDBOX_MAILBOX) });
  return made.ok ? undefined : `The sandbox mailbox can't be made: ${made.status} ${await made.text()}`;
}

const SANDBOX_MAILBOX = { provider: "sandbox", name: "Sandbox", email: "you@drafthook.localhost", fromName: "You" };
const MailboxPage = z.object({ data: z.array(z.unknown()) });
