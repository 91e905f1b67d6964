/** What each class of object holds, by its name in wrangler.toml. */
export const OBJECTS: Readonly<
  Record<
    string,
    { readonly holds: string; readonly exported: boolean; readonly person: "emptied" | "nothing of a person" }
  >
> = {
  EnrollmentObject: {
    holds: "an enrollment: its lead, the conversation, what is on its way, lines for the log",
    exported: true,
    person: "emptied",
  },
  DailyCapObject: { holds: "ids of drafts, by day", exported: false, person: "nothing of a person" },
  ContactObject: {
    holds:
      "send keys and times of what a person, or a company, was sent, and where the person replied; named by a hash",
    exported: false,
    person: "emptied",
  },
  MailboxPaceObject: {
    // Who moves a tenant loses what was counted today; the next places are taken anew.
    holds:
      "ids of drafts with the times at which they may leave, and did, for three days and as many as are counted in a row; counts of new leads",
    exported: false,
    person: "nothing of a person",
  },
  EndpointBreakerObject: {
    holds: "how an endpoint answers, in memory",
    exported: false,
    person: "nothing of a person",
  },
  TenantLimiterObject: { holds: "counts of requests, in memory", exported: false, person: "nothing of a person" },
};
