import { expect, test } from "vitest";
import { customer } from "../../../support/cadences.ts";

test.each([
  ["linkedin_message", { kind: "linkedin_message", draftStrategy: "static", staticBody: "Hi" }],
  ["task", { kind: "task" }],
  [
    "after_accept",
    { kind: "email", draftStrategy: "static", staticSubject: "Hi", staticBody: "Hi", condition: "after_accept" },
  ],
])("publish: true with %s names the step and makes nothing", async (named, step) => {
  const { ask } = await customer();
  const { status, body } = await ask.post("/v1/cadences", { name: "Welcome", steps: [step], publish: true });
  expect(status).toBe(409);
  expect(body.code).toBe("not_available_yet");
  expect(body.detail).toContain("Step 0");
  expect(body.detail).toContain(named);
  expect((await ask.get("/v1/cadences")).body.data).toEqual([]);
});
