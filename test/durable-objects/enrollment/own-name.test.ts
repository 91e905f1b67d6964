import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { EnrollmentObject } from "../../../durable-objects/enrollment.ts";
import { enrollmentObjectName, enrollmentStub, isNamedFor } from "../../../durable-objects/stub.ts";
import { enroll, JANE, makeWorld, START, setClock } from "../../support/enrollment.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("an object knows its name, so it can compare", async () => {
  const stub = enrollmentStub(env, "ten_a", "enr_a");
  expect(await runInDurableObject(stub, (_object, { id }) => id.name)).toBe(enrollmentObjectName("ten_a", "enr_a"));
});

test.each(["ten_theirs", "enr_another"])("an object begins no enrollment but its own: not with %s", async (foreign) => {
  setClock(START);
  const { cadence, tenantId } = await makeWorld();
  const id = `enr_${crypto.randomUUID().slice(0, 8)}`;
  const beginning = { id, tenantId, mode: "sandbox" as const, lead: JANE, mailboxId: null, startAt: START };
  const other = foreign.startsWith("ten_") ? { tenantId: foreign } : { id: foreign };
  const begun = await runInDurableObject(enrollmentStub(env, tenantId, id), async (object) => {
    if (!(object instanceof EnrollmentObject)) throw new Error("this is no enrollment's object");
    return object.begin({ ...beginning, ...other }, cadence).catch((error: unknown) => String(error));
  });
  expect(begun).toContain("another's object");
  expect(await enrollmentStub(env, tenantId, id).read()).toBeNull();
  // The control: its own it begins.
  expect(await enrollmentStub(env, tenantId, id).begin(beginning, cadence)).toEqual({ created: true });
});

test("an object that wakes with another tenant's enrollment in its storage does nothing at all", async () => {
  setClock(START);
  const complained = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const world = await makeWorld();
  const { id } = await enroll(world);
  const stub = enrollmentStub(env, world.tenantId, id);
  await runInDurableObject(stub, (_object, { storage }) => {
    storage.sql.exec("UPDATE head SET json = json_set(json, '$.state.tenantId', 'ten_theirs') WHERE id = 1");
  });
  await evictDurableObject(stub);
  expect(await stub.read()).toBeNull();
  expect(await stub.wake("swept")).toBe(false);
  expect(complained).toHaveBeenCalled();
  expect(world.requests).toEqual([]);
});

test("a platform that tells no name lets the object go on", () => {
  expect(isNamedFor(undefined, { tenantId: "ten_a", id: "enr_a" })).toBe(true);
});
