import { Link } from "@tanstack/react-router";
import { Circle, CircleCheck } from "lucide-react";
import type { Cadence } from "../../../../core/contract/cadence.ts";
import type { Endpoint } from "../../../../core/contract/endpoint.ts";
import type { EnrollmentSummary } from "../../../../core/contract/enrollment.ts";
import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { useList } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Card } from "../../ui/page.tsx";

/** The way to the first message, for a workspace that has sent none; gone when it is walked. */
export function FirstSteps() {
  const endpoints = useList<Endpoint>("/v1/endpoints", { limit: 1 });
  const cadences = useList<Cadence>("/v1/cadences", { limit: 1 });
  const mailboxes = useList<Mailbox>("/v1/mailboxes", { limit: 1 });
  const enrollments = useList<EnrollmentSummary>("/v1/enrollments", { limit: 1 });
  const may = {
    endpoints: useMay("endpoints:write"),
    mailboxes: useMay("mailboxes:write"),
    cadences: useMay("cadences:write"),
    enrollments: useMay("enrollments:write"),
  };
  const isKnown = [endpoints, mailboxes, cadences, enrollments].every(({ isSuccess }) => isSuccess);
  if (!isKnown || enrollments.rows.length > 0) return null;
  const steps = [
    {
      mayDo: may.endpoints,
      isDone: endpoints.rows.length > 0,
      to: "/endpoints",
      text: "Tell Drafthook where your webhook is, and send it a test request.",
    },
    {
      mayDo: may.mailboxes,
      isDone: mailboxes.rows.length > 0,
      to: "/mailboxes",
      text: "Make a mailbox: the address that messages go out from.",
    },
    {
      mayDo: may.cadences,
      isDone: cadences.rows.length > 0,
      to: "/cadences/new",
      text: "Make a cadence: what is sent, after how long.",
    },
    { mayDo: may.enrollments, isDone: false, to: "/enrollments/add", text: "Add a lead, or a file of them." },
  ];
  return (
    <Card title="To your first message">
      <ol className="space-y-2">
        {steps.map(({ mayDo, isDone, to, text }) => {
          const Icon = isDone ? CircleCheck : Circle;
          return (
            <li key={to} className="flex items-center gap-2 text-sm">
              <Icon
                className={`size-4 ${isDone ? "text-good" : "text-quiet"}`}
                aria-label={isDone ? "done" : "to do"}
              />
              {mayDo ? (
                <Link to={to} className={isDone ? "text-quiet line-through" : "text-accent underline"}>
                  {text}
                </Link>
              ) : (
                <span className="text-quiet">{text}</span>
              )}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
