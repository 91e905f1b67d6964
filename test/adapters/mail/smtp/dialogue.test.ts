import { describe, expect, test } from "vitest";
import { type SmtpSettings, smtpProvider } from "../../../../adapters/mail/providers/smtp.ts";
import type { OutgoingMail, SendResult } from "../../../../core/mail/outgoing.ts";
import { dialLoopback, mailsOf, startMailServer, startScript, transcriptOf } from "../../../support/far-side.ts";
import { sampleMail } from "../../../support/sample-mail.ts";
import type { FarAction, SmtpScript } from "../../../support/smtp-scripted-server.ts";

const login = { username: "ada", password: "secret-of-ada" };

describe("what a failure means, by stage", () => {
  const at: Readonly<Record<string, (action: FarAction) => SmtpScript>> = {
    greeting: (action) => ({ greeting: action }),
    ehlo: (action) => ({ ehlo: action }),
    auth: (action) => ({ auth: action }),
    mail_from: (action) => ({ mail: action }),
    rcpt_to: (action) => ({ rcpt: { "*": action } }),
    data: (action) => ({ data: action }),
    end_of_data: (action) => ({ endOfData: action }),
  };
  const scopes: Readonly<Record<string, string>> = {
    mail_from: "sender",
    rcpt_to: "recipient",
    data: "message",
    end_of_data: "message",
  };

  for (const [stage, script] of Object.entries(at)) {
    test(`${stage}: 5yz is a definite no`, async () => {
      const scope = scopes[stage] ?? "configuration";
      expect(await sendTo(script({ say: "554 5.7.1 no\r\n" }))).toMatchObject({
        kind: "refused",
        scope,
        addressDead: false,
        code: "5.7.1",
      });
    });
    test(`${stage}: 4yz was not sent`, async () => {
      expect(await sendTo(script({ say: "421 4.3.2 later\r\n" }))).toMatchObject({ kind: "not_sent", code: "4.3.2" });
    });
    const lost = stage === "end_of_data" ? { kind: "unknown", stage: "end_of_data" } : { kind: "not_sent" };
    test.each<[string, FarAction]>([
      ["a lost connection", "cut"],
      ["silence", "silence"],
      ["a line without end", "flood"],
      ["a line that is no reply", { say: "hello there\r\n" }],
      ["a reply that changes its code", { say: "250-one\r\n354 two\r\n" }],
      ["a reply of a thousand lines", { say: `${"250-more\r\n".repeat(1_000)}250 done\r\n` }],
      ["a yes of the wrong kind", { say: "299 well\r\n" }],
      ["half a line and then a lost connection", { say: "250 acc", then: "cut" }],
    ])(`${stage}: %s is ${lost.kind}`, async (_, action) => {
      expect(await sendTo(script(action))).toMatchObject(lost);
    });
  }
});

describe("a dead address", () => {
  test.each<[string, boolean]>([
    ["550 5.1.1 whatever", true],
    ["550 5.1.10 null MX", true],
    ["550 5.4.4 no route", true],
    ["550 No such user here", true],
    ["550 user unknown", true],
    ["550 mailbox unavailable", false],
    ["550 5.7.1 user unknown to our filter", false],
    ["550 5.2.1 no such user today", false],
    ["552 5.2.2 mailbox full", false],
    ["553 no such user", false],
    ["550 5.1.0 address rejected", false],
  ])("%s: %s", async (line, addressDead) => {
    expect(await sendTo({ rcpt: { "*": { say: `${line}\r\n` } } })).toMatchObject({
      kind: "refused",
      scope: "recipient",
      addressDead,
    });
  });
});

test("a dead address in Cc neither keeps the message from the lead nor counts as the lead's", async () => {
  const script = { rcpt: { "mary@sender.example": { say: "550 5.1.1 no such user\r\n" } as const } };
  const result = await sendTo(script, sampleMail({ cc: [{ name: null, email: "mary@sender.example" }] }));
  expect(result).toMatchObject({
    kind: "accepted",
    response: expect.stringContaining("mary@sender.example got no copy"),
  });
});

test("authentication that is asked for at RCPT is our set-up's fault, not the recipient's", async () => {
  expect(await sendTo({ rcpt: { "*": { say: "530 5.7.0 authentication required\r\n" } } })).toMatchObject({
    scope: "configuration",
  });
});

test("a server that repeats our password doesn't get it into the log", async () => {
  const echoed = btoa(`\0${login.username}\0${login.password}`);
  const result = await sendTo({ auth: { say: `535 5.7.8 no: ${echoed} ${login.password}\r\n` } });
  expect(JSON.stringify(result)).not.toMatch(/secret-of-ada|AGFkYQ/);
});

test("an acceptance that was said before the message ended is not taken for one", async () => {
  const early = {
    data: { say: "354 go on\r\n250 2.0.0 taken\r\n" },
    endOfData: { say: "554 5.6.0 spam\r\n" },
  } as const;
  expect(await sendTo(early)).toMatchObject({ kind: "refused", scope: "message" });
});

test("a dot at the start of a line is doubled on the wire, and every line ends in CRLF", async () => {
  const port = await startScript({});
  await smtp(port).send(
    JSON.stringify({
      envelopeFrom: "a@b.example",
      to: "c@d.example",
      copies: [],
      raw: "A: b\n\n.\r..x\r\n.y\nz",
    }),
    "key",
  );
  expect((await transcriptOf(port)).bodies).toEqual(["A: b\r\n\r\n..\r\n...x\r\n..y\r\nz\r\n"]);
});

test("the same payload gives the same octets at every try", async () => {
  const port = await startScript({});
  const payload = await smtp(port).compose(sampleMail({ html: "<p>é</p>" }));
  await smtp(port).send(payload, "key");
  await smtp(port).send(payload, "key");
  const { bodies } = await transcriptOf(port);
  expect(bodies).toHaveLength(2);
  expect(bodies[0]).toBe(bodies[1]);
});

test("a payload with a command in an address is never spoken", async () => {
  const port = await startScript({});
  const payload = JSON.stringify({
    envelopeFrom: "a@b.example",
    to: "c@d.example>\r\nRCPT TO:<evil@e.example",
    copies: [],
    raw: "x",
  });
  await expect(smtp(port).send(payload, "key")).rejects.toThrow("carriage return");
  expect((await transcriptOf(port)).lines).toEqual([]);
});

test("size, eight bits and UTF-8 addresses are announced where the server knows them", async () => {
  const port = await startScript({});
  await smtp(port).send(
    await smtp(port).compose(sampleMail({ to: { name: null, email: "jörg@bücher.example" } })),
    "key",
  );
  expect((await transcriptOf(port)).lines[2]).toMatch(
    /^MAIL FROM:<r1[a-z0-9]+@reply\.sender\.example> SIZE=\d+ BODY=8BITMIME SMTPUTF8$/,
  );
});

test("a server that takes no UTF-8 addresses isn't given one", async () => {
  const plain = { ehlo: { say: "250-far side\r\n250 AUTH PLAIN\r\n" } } as const;
  expect(await sendTo(plain, sampleMail({ to: { name: null, email: "jörg@lead.example" } }))).toMatchObject({
    kind: "refused",
    code: "no_smtputf8",
  });
});

test("a message larger than the server's limit is not begun", async () => {
  const small = { ehlo: { say: "250-far side\r\n250-AUTH PLAIN\r\n250 SIZE 100\r\n" } } as const;
  expect(await sendTo(small)).toMatchObject({ kind: "refused", scope: "message", code: "too_large" });
});

describe("login and TLS", () => {
  test("AUTH LOGIN is spoken where PLAIN isn't offered", async () => {
    const port = await startMailServer({ tls: "implicit", trusted: true, login: { ...login, method: "LOGIN" } });
    expect(await send({ host: "localhost", port, security: "tls", ...login })).toMatchObject({ kind: "accepted" });
    expect(await mailsOf(port)).toHaveLength(1);
  });

  test("a wrong password is refused as our set-up's fault", async () => {
    const port = await startMailServer({ tls: "implicit", trusted: true, login: { ...login, method: "PLAIN" } });
    const result = await send({ host: "localhost", port, security: "tls", username: "ada", password: "wrong" });
    expect(result).toMatchObject({ kind: "refused", scope: "configuration" });
    expect(await mailsOf(port)).toHaveLength(0);
  });

  test.each(["tls", "starttls"] as const)(
    "%s: a certificate that nobody vouches for gets no mail",
    async (security) => {
      const port = await startMailServer({
        tls: security === "tls" ? "implicit" : "starttls",
        trusted: false,
        login: null,
      });
      expect(await send({ host: "localhost", port, security })).toMatchObject({ kind: "not_sent" });
      expect(await mailsOf(port)).toHaveLength(0);
    },
  );

  test.each(["tls", "starttls"] as const)("%s: a certificate for another name gets no mail", async (security) => {
    const port = await startMailServer({
      tls: security === "tls" ? "implicit" : "starttls",
      trusted: true,
      login: null,
    });
    expect(await send({ host: "127.0.0.1", port, security })).toMatchObject({ kind: "not_sent" });
    expect(await mailsOf(port)).toHaveLength(0);
  });

  test("without STARTTLS nothing is said in the clear, the password least of all", async () => {
    const port = await startScript({});
    expect(await send({ host: "127.0.0.1", port, security: "starttls", ...login })).toMatchObject({
      kind: "refused",
      code: "no_starttls",
    });
    expect((await transcriptOf(port)).lines.filter((line) => !/^(EHLO|QUIT)/.test(line))).toEqual([]);
  });

  test("answers slipped in before TLS are not taken for answers under TLS", async () => {
    const injected =
      "220 go on\r\n250-evil\r\n250 AUTH PLAIN\r\n235 welcome\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken\r\n";
    const port = await startScript({ ehlo: { say: "250-far side\r\n250 STARTTLS\r\n" }, starttls: { say: injected } });
    expect(await send({ host: "localhost", port, security: "starttls", ...login })).toMatchObject({ kind: "not_sent" });
    expect((await transcriptOf(port)).lines.filter((line) => line.startsWith("AUTH"))).toEqual([]);
  });

  test("plain text is refused unless local mode allows it", async () => {
    const port = await startScript({});
    const provider = smtpProvider({ host: "127.0.0.1", port, security: "none" }, { dial: dialLoopback });
    expect(await provider.send(await provider.compose(sampleMail()), "key")).toMatchObject({
      kind: "refused",
      code: "no_tls",
    });
    expect((await transcriptOf(port)).lines).toEqual([]);
  });

  test("an EHLO name with a command in it is refused", async () => {
    const port = await startScript({});
    expect(await send({ host: "127.0.0.1", port, security: "none", heloName: "me\r\nRSET" })).toMatchObject({
      code: "bad_helo_name",
    });
  });
});

/** Timeouts that let an answer come over loopback and a silence end soon. */
const options = { dial: dialLoopback, allowPlaintext: true, timeouts: { stageMs: 1_000, acceptanceMs: 1_000 } };
const impatient = { ...options, timeouts: { stageMs: 150, acceptanceMs: 150 } };

function smtp(port: number) {
  return smtpProvider({ host: "127.0.0.1", port, security: "none", ...login }, options);
}

async function send(settings: SmtpSettings): Promise<SendResult> {
  const provider = smtpProvider(settings, options);
  return provider.send(await provider.compose(sampleMail()), "key");
}

async function sendTo(script: SmtpScript, mail: OutgoingMail = sampleMail()): Promise<SendResult> {
  const port = await startScript(script);
  const waits = Object.values(script).includes("silence") || script.rcpt?.["*"] === "silence";
  const provider = smtpProvider({ host: "127.0.0.1", port, security: "none", ...login }, waits ? impatient : options);
  return provider.send(await provider.compose(mail), "key");
}
