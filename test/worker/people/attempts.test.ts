import { beforeAll, expect, test, vi } from "vitest";
import { browser, person, signIn } from "../../support/people.ts";
import { seedTenant } from "../../support/worker.ts";

const PASSWORD = "correct horse battery staple";
let email: string;
beforeAll(async () => {
  const { tenantId } = await seedTenant();
  const jane = await person(tenantId);
  email = jane.email;
  await browser(await signIn(jane)).post("/auth/password", { newPassword: PASSWORD });
});

test("a password is guessed ten times in a quarter of an hour, from however many addresses; the right one waits too", async () => {
  const start = Date.now() + 3600_000;
  vi.useFakeTimers({ toFake: ["Date"], now: start });
  try {
    const statuses: number[] = [];
    for (let guess = 0; guess < 14; guess += 1)
      statuses.push((await browser().post("/auth/sign-in/password", { email, password: `guess ${guess}` })).status);
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    const right = await browser().post("/auth/sign-in/password", { email, password: PASSWORD });
    expect([right.status, right.headers.get("retry-after")]).toEqual([429, "900"]);
    vi.setSystemTime(start + 15 * 60_000);
    expect((await browser().post("/auth/sign-in/password", { email, password: PASSWORD })).status).toBe(200);
  } finally {
    vi.useRealTimers();
  }
});

test("from one network address thirty passwords are tried, for however many people", async () => {
  const one = browser();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, guess) =>
      one.post("/auth/sign-in/password", { email: `${guess}-${crypto.randomUUID()}@people.example`, password: "x" }),
    ),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(30);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
}, 60_000); // thirty times scrypt, which is meant to be slow

test("links are guessed sixty times from one network address", async () => {
  const one = browser();
  const guess = () => one.post("/auth/sign-in/link", { token: crypto.randomUUID() });
  const answers = await Promise.all(Array.from({ length: 70 }, guess));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
});

test("one person's mailbox is not filled: five links in a quarter of an hour", async () => {
  const statuses = [];
  for (let time = 0; time < 7; time += 1)
    statuses.push((await browser().post("/auth/sign-in/email", { email })).status);
  expect(statuses).toEqual([...Array(5).fill(202), 429, 429]);
});
