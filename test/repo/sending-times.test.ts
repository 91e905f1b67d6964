import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { UpdateCadence } from "../../core/contract/cadence.ts";
import { WaitingFor } from "../../core/contract/enrollment.ts";
import { UpdateMailbox } from "../../core/contract/mailbox.ts";
import { paceFaults } from "../../core/contract/mailbox-pace.ts";
import { HOLIDAYS_FROM, HOLIDAYS_TO } from "../../core/holiday-table.ts";
import { inProject } from "../../tools/project.ts";

const GUIDE = readFileSync(inProject("docs/sending-times.md"), "utf8");
const [settings, waiting, pace, full] = [...GUIDE.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) =>
  JSON.parse(json ?? ""),
);

test("the settings in the guide can be saved, and the answer in it is one", () => {
  expect(UpdateCadence.parse(settings)).toEqual(settings);
  expect(WaitingFor.parse(waiting)).toEqual(waiting);
  expect(UpdateMailbox.parse(pace)).toEqual(pace);
  expect(paceFaults({ dailySendCap: pace.dailySendCap, ramp: pace.ramp })).toEqual([]);
  expect(WaitingFor.parse(full)).toEqual(full);
});

test("the guide names the years that the table of holidays has, and they aren't over", () => {
  expect(GUIDE).toContain(`from ${HOLIDAYS_FROM} to ${HOLIDAYS_TO}`);
  expect(HOLIDAYS_TO - new Date().getUTCFullYear()).toBeGreaterThanOrEqual(2);
});
