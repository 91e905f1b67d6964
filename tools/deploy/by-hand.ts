import type { DeploySettings } from "./settings.ts";

/** What nobody but the owner of the account and the domains can do, as exact steps; with the first sign-in where it is due. */
export function sayByHand(
  { publicUrl, replyDomain, workerName, pagesProject }: DeploySettings,
  bootstrapSecret: string | undefined,
  hasPages: boolean,
): string {
  const host = new URL(publicUrl).host;
  const steps = [
    hasPages
      ? `Address: Workers & Pages > ${pagesProject} > Custom domains > add ${host}.`
      : `Address: Workers & Pages > ${workerName} > Settings > Domains & Routes > add the custom domain ${host}.`,
    `Replies: ${replyDomain} > Email > Email Routing > enable it, then Routing rules > Catch-all > Send to a Worker > ${workerName}.`,
    "Sending: add a mailbox with your provider in the dashboard. For Cloudflare's own: Email > Email Sending > onboard the domain, then",
    `   npx wrangler queues subscription create ${workerName}-delivery --source email.sending --domain YOUR_DOMAIN --events message.delivered,message.deferred,message.bounced,message.rejected,message.complained,message.failed`,
    ...(bootstrapSecret === undefined
      ? []
      : [
          "You: make yourself the first owner (once; the answer holds a link to sign in):",
          `   curl -s ${publicUrl}/auth/bootstrap -H 'content-type: application/json' -d '{"secret":"${bootstrapSecret}","email":"YOU@YOUR.DOMAIN","organizationName":"YOUR COMPANY"}'`,
          "   npx wrangler secret delete BOOTSTRAP_SECRET",
        ]),
  ];
  let number = 0;
  return `\nLeft to do by hand, once:\n${steps.map((step) => (step.startsWith("   ") ? step : `${++number}. ${step}`)).join("\n")}`;
}
