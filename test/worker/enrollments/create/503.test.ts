import { afterEach, expect, test, vi } from "vitest";
import { EnrollmentObject } from "../../../../durable-objects/enrollment.ts";
import { customer, LEAD, publishedCadence } from "../../../support/cadences.ts";

afterEach(() => vi.restoreAllMocks());

/** What the platform does to an object that moves, hangs or is out of memory: it is ended in the middle of a call. */
function endObjectOnce(): void {
  vi.spyOn(EnrollmentObject.prototype, "begin").mockImplementationOnce(function (this: EnrollmentObject): never {
    Reflect.get(this, "ctx").abort("the object was reset");
    throw new Error("the object was reset");
  });
}

test("where the enrollment's object is ended, whoever enrolls is told to come again, and then nothing is lost or doubled", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  endObjectOnce();
  const first = await ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD);
  expect([first.status, first.body.code, first.headers.get("retry-after")]).toEqual([503, "unreadable", "5"]);

  const again = await ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD);
  expect([again.status, again.body.created, again.body.enrollment.phase]).toEqual([200, false, "waiting"]);
  const { body } = await ask.get("/v1/enrollments");
  expect(body.data).toHaveLength(1);
});

test("the control: a fault of our own is a 500, which asking again would not mend", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  vi.spyOn(EnrollmentObject.prototype, "begin").mockImplementationOnce(() => {
    throw new Error("a bug");
  });
  const { status, body } = await ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD);
  expect([status, body.code]).toEqual([500, "internal"]);
});
