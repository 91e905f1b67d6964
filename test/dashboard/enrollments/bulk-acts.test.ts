import { expect, test } from "vitest";
import type { EnrollmentSummary } from "../../../core/contract/enrollment.ts";
import { findFitting, isFitting } from "../../../dashboard/src/features/enrollments/bulk-acts.ts";

const row = (id: number, state: EnrollmentSummary["state"]) => ({ id: String(id), state }) as EnrollmentSummary;

test("only those are touched for whom it changes something", () => {
  const states = ["active", "paused", "held", "completed", "exited", "unenrolled"] as const;
  const fitting = (act: "pause" | "resume" | "unenroll") => states.filter((state) => isFitting(act, { state }));
  expect(fitting("pause")).toEqual(["active", "held"]);
  expect(fitting("resume")).toEqual(["paused"]);
  expect(fitting("unenroll")).toEqual(["active", "paused", "held"]);
});

test("all that fit are found page by page, up to as many as was said", async () => {
  const asked: (string | undefined)[] = [];
  const looks: (readonly [number, number, boolean])[] = [];
  const readPage = async (cursor: string | undefined) => {
    asked.push(cursor);
    const from = Number(cursor ?? 0);
    const data = Array.from({ length: 10 }, (_, index) => row(from + index, index % 2 === 0 ? "active" : "completed"));
    return { data, nextCursor: String(from + 10) };
  };
  const found: string[] = [];
  for await (const { id } of findFitting("pause", 25, readPage, (...look) => looks.push(look))) found.push(id);
  expect(asked).toEqual([undefined, "10", "20"]);
  expect(found).toEqual(["0", "2", "4", "6", "8", "10", "12", "14", "16", "18", "20", "22", "24"]);
  expect(looks).toEqual([
    [10, 5, false],
    [20, 10, false],
    [25, 13, true],
  ]);
});
