/** Every kind of object in R2, by the form of its key; all go by the tenant's term for bodies. `tenant: null`: no key sees it. */
export const BODIES: readonly {
  readonly form: RegExp;
  readonly holds: string;
  readonly tenant: "its first part" | null;
  /** How erasure finds it. */
  readonly person: "by the enrollment in its key" | "by the mail that it is" | "by the mail that it tells of" | null;
}[] = [
  {
    form: /^ten_\w+\/enr_\w+\/exchange-\d+\.json$/,
    holds: "one exchange with an endpoint, byte for byte",
    tenant: "its first part",
    person: "by the enrollment in its key",
  },
  {
    form: /^ten_\w+\/enr_\w+\/redelivery-[\w-]+\.json$/,
    holds: "the same for a redelivery",
    tenant: "its first part",
    person: "by the enrollment in its key",
  },
  {
    form: /^ten_\w+\/enr_\w+\/line-\d+\.json$/,
    holds: "a line of the log that was too long for the queue",
    tenant: "its first part",
    person: "by the enrollment in its key",
  },
  {
    form: /^ten_\w+\/enr_\w+\/message-\d+$/,
    holds: "the bytes of a message as they were handed to the provider",
    tenant: "its first part",
    person: "by the enrollment in its key",
  },
  {
    form: /^ten_\w+\/enr_\w+\/inb_\w+\.eml$/,
    holds: "a mail that came in, raw",
    tenant: "its first part",
    person: "by the enrollment in its key",
  },
  {
    form: /^ten_\w+\/inbound\/inb_\w+\.eml$/,
    holds: "a mail that nobody could place, raw",
    tenant: "its first part",
    person: "by the mail that it is",
  },
  {
    form: /^ten_\w+\/notices\/evt_\w+-end_\w+-\d+\.json$/,
    holds: "one exchange about what no enrollment tells",
    tenant: "its first part",
    person: "by the mail that it tells of",
  },
  {
    form: /^unassigned\/inbound\/inb_\w+\.eml$/,
    holds: "a mail of which nobody knows whose it is",
    tenant: null,
    person: null,
  },
];
