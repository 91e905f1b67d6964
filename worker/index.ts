import { app } from "./app.ts";
import { sweep } from "./cron.ts";
import { handOverReports } from "./delivery-events/hand-over-reports.ts";
import { settleByFeed } from "./delivery-feed.ts";
import { handWaitingOver } from "./email/hand-inbound-over.ts";
import { receiveMail } from "./email.ts";
import { sweepMailboxes } from "./judge-mailboxes.ts";
import { pollDueLinkedin } from "./linkedin/poll.ts";
import { consume } from "./queue.ts";
import { applyRetention } from "./retention.ts";
import { moveSecrets } from "./rotate-keys.ts";
import { sweepQuotas } from "./tell-quotas.ts";
import { wakeDue } from "./wake-due.ts";

export { ContactObject } from "../durable-objects/contact.ts";
export { DailyCapObject } from "../durable-objects/daily-cap.ts";
export { EndpointBreakerObject } from "../durable-objects/endpoint-breaker.ts";
export { EnrollmentObject } from "../durable-objects/enrollment.ts";
export { MailboxPaceObject } from "../durable-objects/mailbox-pace.ts";
export { TenantLimiterObject } from "../durable-objects/tenant-limiter.ts";

/** The Worker listens: HTTP, inbound mail, the queues, and the clock of the sweeper. */
export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
  email: async (message, env) => void (await receiveMail(message, env, Date.now())),
  queue: (batch, env) => consume(batch, env),
  scheduled: async (_controller, env) => {
    const works = [
      sweep,
      sweepMailboxes,
      settleByFeed,
      handOverReports,
      handWaitingOver,
      moveSecrets,
      applyRetention,
      wakeDue,
      sweepQuotas,
      pollDueLinkedin,
    ];
    // What is broken in one of them is no reason to leave the others.
    for (const work of works)
      await work(env, Date.now()).catch((error: unknown) =>
        console.error(`${work.name} was not done; the next run tries again`, error),
      );
  },
} satisfies ExportedHandler<Env>;
