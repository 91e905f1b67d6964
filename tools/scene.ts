import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a scene needs of a running system. */
export interface SceneOf {
  readonly url: string;
  readonly key: string;
}

/** The scene's own webhook, to be closed by whoever began it. */
export interface Scene {
  readonly webhook: Server;
  readonly cadenceIds: readonly string[];
}

const NAMES = [
  "Zoë Müller",
  "Aarav Patel",
  "Mei-Ling Chen",
  "Liam O'Brien",
  "Fatima Al-Sayed",
  "Noah Schmidt",
  "Chloé Dubois",
  "Mateo García",
  "Yuki Tanaka",
  "Olivia Smith",
  "Ivan Petrov",
  "Amara Okafor",
  "Lucas Silva",
  "Hanna Kowalska",
  "Elif Yılmaz",
  "Jonas Berg",
];
const COMPANIES = ["Northwind", "Helios Solar", "Bluebird Labs", "Kestrel & Sons", "Ocean Freight", "Brightside"];

/**
 * Fills the test mode of a system with what a workspace looks like after some days of work: three cadences, an endpoint that
 * answers well, badly and late, held drafts, replies of every kind, a bounce, unmatched mail. By the API and the mail door only.
 */
export async function playScene({ url, key }: SceneOf, leads = 36): Promise<Scene> {
  const webhook = createServer(
    (request, response) =>
      void answer(request).then(([status, body, afterMs]) => {
        setTimeout(() => response.writeHead(status, { "content-type": "application/json" }).end(body), afterMs);
      }),
  );
  webhook.listen(0, "127.0.0.1");
  await once(webhook, "listening");
  const webhookUrl = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}`;
  const api = client(url, key);

  const { cadence: intro } = await api<{ cadence: { id: string } }>("POST", "/v1/cadences", {
    name: "First contact",
    description: "Four mails over two weeks; stops when somebody answers.",
    businessHoursOnly: false,
    dailySendCap: 500,
    webhookUrl: `${webhookUrl}/drafts`,
    steps: [
      { kind: "email", promptHint: "Introduce us in three sentences, with one reason why it is them." },
      {
        kind: "email",
        delaySeconds: 2,
        condition: "no_reply_to_prev",
        promptHint: "A short follow-up with a new thought.",
        onDraftFailure: "hold",
      },
      { kind: "wait", delayDays: 3 },
      {
        kind: "email",
        delayDays: 4,
        condition: "never_replied",
        draftStrategy: "static",
        staticSubject: "Shall I close this?",
        staticBody: "Hello, shall I take you off my list?",
      },
    ],
  });
  const jane = await api<{ id: string }>("POST", "/v1/mailboxes", {
    name: "Jane",
    email: "jane@northwind.example",
    fromName: "Jane Doe",
    provider: "sandbox",
    signature: "Jane Doe, Northwind",
    dailySendCap: 40,
    ramp: { start: 3, step: 3, ceiling: 40 },
    minGapSeconds: 90,
    timeZone: "Europe/Zurich",
  });
  const { cadence: renewal } = await api<{ cadence: { id: string } }>("POST", "/v1/cadences", {
    name: "Renewal in spring",
    mailboxId: jane.id,
    businessHoursOnly: true,
    webhookUrl: `${webhookUrl}/renewals`,
    steps: [
      { kind: "email", delayDays: 1, promptHint: "Their contract ends soon." },
      { kind: "email", delayDays: 5, condition: "no_reply_to_prev" },
    ],
  });
  const { cadence: broken } = await api<{ cadence: { id: string } }>("POST", "/v1/cadences", {
    name: "Event invitation",
    businessHoursOnly: false,
    webhookUrl: `${webhookUrl}/broken`,
    steps: [
      { kind: "email", onDraftFailure: "hold" },
      { kind: "email", delayDays: 2 },
    ],
  });
  await playByHand(api);
  const cadences = [intro.id, intro.id, intro.id, renewal.id, broken.id];
  for (let index = 0; index < leads; index++) {
    const name = NAMES[index % NAMES.length] ?? "";
    const company = COMPANIES[index % COMPANIES.length] ?? "";
    const first = name
      .normalize("NFD")
      .replaceAll(/[^a-z]/gi, "")
      .toLowerCase()
      .slice(0, 8);
    await api("POST", `/v1/cadences/${cadences[index % cadences.length]}/enrollments`, {
      leadExternalId: `crm-${1000 + index}`,
      leadName: name,
      leadEmail: `${first}${index}@${company.toLowerCase().replaceAll(/[^a-z]/g, "")}.example`,
      leadTimeZone: ["Europe/Zurich", "America/New_York", "Asia/Tokyo", null][index % 4],
      context: { company, role: ["CTO", "Head of Sales", "Founder"][index % 3] },
    });
  }
  await until(async () => (await sent(api)).length >= leads / 3, 30_000);
  await answerSome(url, await sent(api), api);
  // The lists are read from the index, which is some seconds behind.
  await until(async () => (await api<{ data: unknown[] }>("GET", "/v1/threads")).data.length >= 7, 30_000);
  return { webhook, cadenceIds: [intro.id, renewal.id, broken.id] };
}

/** An account that a person looks after, and what they have to do. */
async function playByHand(api: Api): Promise<void> {
  await api("POST", "/v1/linkedin-accounts", {
    provider: "manual",
    name: "Jane Doe",
    timeZone: "Europe/Zurich",
    workingHours: [],
    invitations: { minGapSeconds: 0, gapSpreadSeconds: 0 },
    messages: { minGapSeconds: 0, gapSpreadSeconds: 0 },
  });
  const made = (name: string, steps: readonly object[]) =>
    api<{ cadence: { id: string } }>("POST", "/v1/cadences", { name, businessHoursOnly: false, steps, publish: true });
  const note = "Hello {{firstName}}, I enjoyed your talk about {{context.company}}. May I connect?";
  const { cadence: byHand } = await made("LinkedIn by hand", [
    { kind: "linkedin_connect", draftStrategy: "static", staticBody: note, dueWithinHours: 4 },
    {
      kind: "linkedin_message",
      delayDays: 1,
      condition: "after_accept",
      draftStrategy: "static",
      staticBody: "Thank you for connecting, {{firstName}}. What keeps you busy this quarter?",
    },
  ]);
  const { cadence: again } = await made("After the fair", [
    {
      kind: "linkedin_message",
      draftStrategy: "static",
      staticBody: "Hello {{firstName}}, good to see you at the fair.",
    },
  ]);
  const { cadence: calls } = await made("Call before renewal", [
    {
      kind: "task",
      draftStrategy: "static",
      staticBody: "Call {{firstName}} and ask whether {{context.company}} renews.",
      notes: "Before noon. The contract is in the CRM.",
      dueWithinHours: 72,
    },
  ]);
  for (const [index, name] of ["Priya Nair", "Tom Baker", "Léa Martin", "Sven Olsen"].entries())
    await api("POST", `/v1/cadences/${[byHand.id, again.id][index] ?? calls.id}/enrollments`, {
      leadExternalId: `crm-hand-${index}`,
      leadName: name,
      leadEmail: `hand${index}@helios.example`,
      leadLinkedinUrl: `https://www.linkedin.com/in/${["priya-nair", "tom-baker", "lea-martin", "sven-olsen"][index]}`,
      context: { company: COMPANIES[index] },
    });
}

interface SandboxRow {
  readonly sendKey: string;
  readonly to: string;
  readonly subject: string;
}

async function sent(api: Api): Promise<readonly SandboxRow[]> {
  return (await api<{ data: SandboxRow[] }>("GET", "/v1/sandbox/messages?limit=100")).data;
}

/** What people do with mail: they answer, are away, refuse, don't exist, want no more; and some mail nobody expects. */
async function answerSome(url: string, rows: readonly SandboxRow[], api: Api): Promise<void> {
  const words = [
    "Hi, thank you for writing. Tuesday at ten would suit me.\r\n\r\nBest,\r\n",
    "Interesting. What does it cost for a team of twelve?\r\n",
    "Not now, please ask again in spring.\r\n",
    "Please take me off your list.\r\n",
  ];
  for (const [index, { sendKey, to, subject }] of rows.slice(0, 9).entries()) {
    const { replyTo, messageId, text } = await api<{ replyTo: string; messageId: string; text: string }>(
      "GET",
      `/v1/sandbox/messages/${sendKey}`,
    );
    const quoted = (text ?? "")
      .split("\n")
      .map((line) => `> ${line.trimEnd()}`)
      .join("\r\n");
    const isAway = index === 4;
    const isBounce = index === 6;
    const headers = [
      `From: ${isBounce ? "Mail Delivery System <MAILER-DAEMON@mx.example>" : to}`,
      `To: ${replyTo}`,
      `Subject: ${isBounce ? "Undelivered Mail Returned to Sender" : isAway ? "Automatic reply: out of the office" : `Re: ${subject}`}`,
      `Message-ID: <scene-${index}-${Date.now()}@far.example>`,
      `In-Reply-To: ${messageId}`,
      `References: ${messageId}`,
      ...(isAway ? ["Auto-Submitted: auto-replied"] : []),
    ];
    const body = isBounce
      ? [
          "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
          "",
          "--b",
          "Content-Type: text/plain",
          "",
          `The address ${to} does not exist.`,
          "--b",
          "Content-Type: message/delivery-status",
          "",
          "Reporting-MTA: dns; mx.example",
          "",
          `Final-Recipient: rfc822; ${to}`,
          "Action: failed",
          "Status: 5.1.1",
          "Diagnostic-Code: smtp; 550 5.1.1 No such user",
          "",
          "--b--",
          "",
        ]
      : [
          "",
          isAway
            ? "I am on leave until 5 January 2027. In urgent cases write to my colleague."
            : `${words[index % words.length]}\r\nOn Friday somebody wrote:\r\n${quoted}`,
        ];
    await bring(url, isBounce ? "<>" : to, replyTo, [...headers, ...body].join("\r\n"));
  }
  await bring(
    url,
    "press@magazine.example",
    "hello@reply.localhost",
    "From: Press <press@magazine.example>\r\nTo: hello@reply.localhost\r\nSubject: A question about your company\r\nMessage-ID: <press@magazine.example>\r\n\r\nGood day, who may we ask about your plans?\r\n",
  );
}

async function bring(url: string, from: string, to: string, raw: string): Promise<void> {
  const door = new URL("/cdn-cgi/local/email", url);
  door.searchParams.set("from", from);
  door.searchParams.set("to", to);
  await fetch(door, { method: "POST", body: raw });
}

/** The scene's endpoint: mostly good, sometimes to be looked at, sometimes broken; the path says which cadence asks. */
async function answer(request: IncomingMessage): Promise<readonly [status: number, body: string, afterMs: number]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const asked = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
    type?: string;
    enrollment?: { leadName?: string; leadExternalId?: string; context?: { company?: string } };
  };
  if (request.url === "/broken") return [500, JSON.stringify({ error: "model overloaded" }), 40];
  if (asked.enrollment === undefined || asked.type !== "cadence.step.draft.requested") return [200, "{}", 5];
  const number = Number(/\d+$/.exec(asked.enrollment.leadExternalId ?? "0")?.[0] ?? 0);
  const name = asked.enrollment.leadName?.split(" ")[0] ?? "there";
  const meta = { model: "house-model-2", promptVersion: number % 2 === 0 ? "v7" : "v8", costUsd: 0.0021 };
  const delayMs = 30 + ((number * 97) % 400);
  if (number % 11 === 3)
    return [200, JSON.stringify({ skip: true, reason: "They are a customer already.", meta }), delayMs];
  if (number % 13 === 5)
    return [200, JSON.stringify({ defer: { untilSeconds: 7200 }, reason: "Waiting for the CRM." }), delayMs];
  const subject = `${asked.enrollment.context?.company ?? "Your team"} and the roofs of spring`;
  const body = `Hello ${name},\n\nI saw that ${asked.enrollment.context?.company ?? "your company"} is growing. We put solar roofs on warehouses like yours in nine days.\n\nWould a short call next week be of use?\n\nBest regards\nJane`;
  return [200, JSON.stringify({ subject, body, meta, ...(number % 7 === 2 ? { review: true } : {}) }), delayMs];
}

type Api = <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;

function client(url: string, key: string): Api {
  return async <Answer>(method: string, path: string, body?: unknown) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
}

async function until(isSo: () => Promise<boolean>, atMostMs: number): Promise<void> {
  const end = Date.now() + atMostMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("the scene waited too long for its messages");
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
