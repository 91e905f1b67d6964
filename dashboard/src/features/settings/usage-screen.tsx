import type { Usage } from "../../../../core/contract/usage.ts";
import { useRead } from "../../api/queries.ts";
import { Card } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { When } from "../../ui/when.tsx";
import { QuotaBar } from "./quota-bar.tsx";
import { SettingsPage } from "./settings-page.tsx";

const PARTS = {
  messages: { name: "Messages sent", what: "May be some seconds late." },
  drafts: {
    name: "Drafts asked for",
    what: "One that was asked for again counts once. May be some seconds late.",
  },
  enrollments: { name: "Leads enrolled", what: "Counted at once." },
} as const satisfies Record<keyof Omit<Usage, "month" | "resetsAt">, object>;

/** What the plan allows in a month, and what is used of it. */
export function UsageScreen() {
  const usage = useRead<Usage>("/v1/usage", {}, { everyMs: 30_000 });
  return (
    <SettingsPage lead="Of live sending: what test mode does counts nowhere. Quotas are set by whoever runs this installation.">
      <Read of={usage}>
        {({ month, resetsAt, ...parts }) => (
          <Card
            title={monthName(month)}
            className="max-w-3xl"
            actions={
              <span className="text-xs text-quiet">
                Begins anew <When at={resetsAt} />
              </span>
            }
          >
            <div className="space-y-6">
              {(["messages", "drafts", "enrollments"] as const).map((part) => (
                <QuotaBar key={part} {...PARTS[part]} {...parts[part]} />
              ))}
            </div>
          </Card>
        )}
      </Read>
    </SettingsPage>
  );
}

function monthName(month: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "long", year: "numeric" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}
