/** One screen of the dashboard as it is shown in docs/dashboard.md and looked at by the tests. */
export interface Screen {
  readonly name: string;
  readonly path: string;
}

/** Every screen, those of one thing with a thing of the scene that has something to show. By the API with the key given. */
export async function screensOf({
  url,
  key,
}: {
  readonly url: string;
  readonly key: string;
}): Promise<readonly Screen[]> {
  const first = async (path: string, fits: (row: Row) => boolean = () => true): Promise<string> => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } });
    const { data } = (await response.json()) as { data: readonly Row[] };
    const row = data.find(fits) ?? data[0];
    return String(row?.["id"] ?? row?.["sendKey"] ?? row?.["enrollmentId"] ?? "none");
  };
  const cadence = await first("/v1/cadences", ({ name }) => name === "First contact");
  const replied = await first("/v1/enrollments?limit=200", ({ exitReason }) => exitReason === "replied");
  const waiting = await first(
    `/v1/enrollments?limit=200&cadenceId=${cadence}`,
    ({ state, phase, currentStep }) => state === "active" && phase === "waiting" && currentStep !== 0,
  );
  const exchange = await first(
    "/v1/log?kind=exchange&limit=200",
    ({ outcome, what }) => outcome === "answered" && what === "cadence.step.draft.requested",
  );
  const failed = await first("/v1/log?kind=exchange&limit=200", ({ outcome }) => outcome === "http_500");
  const endpoint = await first("/v1/endpoints");
  const mailbox = await first("/v1/mailboxes", ({ name }) => name === "Jane");
  const account = await first("/v1/linkedin-accounts");
  const unmatched = await first("/v1/inbound?status=unmatched");
  const mail = await first("/v1/sandbox/messages");
  return [
    { name: "home", path: "/" },
    { name: "held", path: "/held" },
    { name: "tasks", path: "/tasks" },
    { name: "inbox", path: "/inbox" },
    { name: "conversation", path: `/inbox/${replied}` },
    { name: "unmatched", path: "/inbox/unmatched" },
    { name: "unmatched-mail", path: `/inbox/mails/${unmatched}` },
    { name: "cadences", path: "/cadences" },
    { name: "new-cadence", path: "/cadences/new" },
    { name: "cadence", path: `/cadences/${cadence}` },
    { name: "editor", path: `/cadences/${cadence}/edit` },
    { name: "versions", path: `/cadences/${cadence}/versions` },
    { name: "enrollments", path: "/enrollments" },
    { name: "add-leads", path: "/enrollments/add" },
    { name: "enrollment", path: `/enrollments/${waiting}` },
    { name: "log", path: "/log" },
    { name: "attempt", path: `/log/${exchange}` },
    { name: "failed-attempt", path: `/log/${failed}` },
    { name: "endpoints", path: "/endpoints" },
    { name: "endpoint", path: `/endpoints/${endpoint}` },
    { name: "mailboxes", path: "/mailboxes" },
    { name: "mailbox", path: `/mailboxes/${mailbox}` },
    { name: "linkedin", path: "/linkedin" },
    { name: "linkedin-account", path: `/linkedin/${account}` },
    { name: "sandbox", path: "/sandbox" },
    { name: "sandbox-message", path: `/sandbox/${mail}` },
    { name: "suppressions", path: "/suppressions" },
    { name: "settings", path: "/settings" },
    { name: "members", path: "/settings/members" },
    { name: "keys", path: "/settings/keys" },
    { name: "usage", path: "/settings/usage" },
    { name: "audit-log", path: "/settings/audit" },
  ];
}

type Row = Readonly<Record<string, unknown>>;
