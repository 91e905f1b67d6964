import { Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import type { Overview } from "../../../../core/contract/overview.ts";
import { Card } from "../../ui/page.tsx";

/** What waits for a person, each with the screen where it is dealt with. */
export function Attention({ of, failedDrafts }: { readonly of: Overview["attention"]; readonly failedDrafts: number }) {
  const things = [
    { count: of.held, one: "message is held for you", many: "messages are held for you", to: "/held" },
    { count: of.doubtful, one: "send is in doubt", many: "sends are in doubt", to: "/held" },
    { count: of.overdueTasks, one: "task is overdue", many: "tasks are overdue", to: "/tasks" },
    { count: of.openTasks - of.overdueTasks, one: "task is to be done", many: "tasks are to be done", to: "/tasks" },
    {
      count: of.unmatched,
      one: "mail came in that nothing matches",
      many: "mails came in that nothing matches",
      to: "/inbox/unmatched",
    },
    {
      count: of.disabledEndpoints,
      one: "endpoint is switched off",
      many: "endpoints are switched off",
      to: "/endpoints",
    },
    { count: of.failingEndpoints, one: "endpoint is failing", many: "endpoints are failing", to: "/endpoints" },
    { count: of.pausedMailboxes, one: "mailbox is paused", many: "mailboxes are paused", to: "/mailboxes" },
    {
      count: of.pausedLinkedinAccounts,
      one: "LinkedIn account is stopped",
      many: "LinkedIn accounts are stopped",
      to: "/linkedin",
    },
    { count: failedDrafts, one: "draft failed today", many: "drafts failed today", to: "/log" },
  ].filter(({ count }) => count > 0);
  return (
    <Card title="Needs you">
      {things.length === 0 ? (
        <p className="flex items-center gap-2 text-sm text-quiet">
          <CircleCheck className="size-4 text-good" aria-hidden /> Nothing waits for you.
        </p>
      ) : (
        <ul className="-my-2 divide-y divide-line">
          {things.map(({ count, one, many, to }) => (
            <li key={many}>
              <Link to={to} className="flex items-baseline gap-3 py-2 text-sm hover:text-accent">
                <span className="w-12 text-right font-semibold text-warn tabular-nums">
                  {count >= 1_000 ? "999+" : count}
                </span>
                {count === 1 ? one : many}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
