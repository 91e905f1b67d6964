/** The chapters of the reference, in reading order. Every route names one of them. */
export const TAGS = [
  { name: "Overview", description: "What happened lately, and what waits for a person." },
  { name: "Cadences", description: "What is to be said, when, and by whom: drafts with their published versions." },
  { name: "Enrollments", description: "One lead in one cadence: started, paused, ended, and told as a timeline." },
  { name: "Drafts", description: "The words of one step: answered late, or held for a person." },
  { name: "Log", description: "Every request that we made and every answer that we got, byte for byte." },
  { name: "Inbound", description: "Every mail that came in, matched or not." },
  { name: "Suppressions", description: "Who is never written to again: addresses and domains." },
  { name: "Endpoints", description: "Your webhooks: they write the words and are told the events." },
  { name: "Mailboxes", description: "The senders, and the way their mail goes out." },
  { name: "Sandbox", description: "The mail that test keys sent, to be read and not delivered." },
  { name: "Tenant", description: "Your account in this installation." },
  { name: "Audit", description: "Who did what to what, from where, before and after." },
  { name: "Data", description: "People erased, and the whole account taken out and in." },
  { name: "Keys", description: "API keys: live and test." },
  { name: "Members", description: "The people of your account, what each may do, and who is invited." },
  { name: "System", description: "The installation itself." },
] as const;
