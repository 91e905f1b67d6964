import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { newId } from "../../adapters/crypto/ids.ts";
import { insertLinkedinAccount } from "../../adapters/d1/linkedin-accounts.ts";
import { openDatabase } from "../../adapters/d1/tenant-db.ts";
import { newInvitationsPace, newMessagesPace } from "../../core/contract/linkedin-pace.ts";
import { customer, enrolled, publishedCadence } from "./cadences.ts";
import type { ApiClient } from "./worker.ts";

/** A step that a person does. */
export const TASK_STEP = {
  kind: "task",
  draftStrategy: "static",
  staticBody: "Call {{firstName}}",
  notes: "In the morning",
};

/** A message on LinkedIn that needs no endpoint. */
export const MESSAGE_STEP = { kind: "linkedin_message", draftStrategy: "static", staticBody: "Hi {{firstName}}" };

/** An invitation without a note. */
export const CONNECT_STEP = { kind: "linkedin_connect", draftStrategy: "static" };

export const LEAD_NOW = {
  startAt: null,
  leadLinkedinUrl: "https://www.linkedin.com/in/jane-doe",
};

/** The default LinkedIn account of a tenant's mode, looked after by a person, who acts at any hour. */
export async function manualAccount(tenantId: string, mode: "live" | "sandbox" = "sandbox"): Promise<string> {
  const pace = { ramp: null, minGapSeconds: 0, gapSpreadSeconds: 0 };
  const { id } = await insertLinkedinAccount(
    { db: openDatabase(env.DB), tenantId, mode },
    {
      id: newId("lia"),
      ...{ name: "Ana", provider: "manual", settings: "{}", secret: null, hooksSecret: null, plan: "paid" },
      ...{ timeZone: null, workingHours: "[]", profileViewsPerDay: 100, withdrawAfterDays: null },
      invitationsPace: JSON.stringify(newInvitationsPace("paid", pace, Date.now())),
      messagesPace: JSON.stringify(newMessagesPace("paid", pace, Date.now())),
      ...{ pollNextAt: null, messagesSeenUntil: null },
    },
    null,
    Date.now(),
  );
  return id;
}

/** An enrollment whose first step is now a task for a person. */
export interface Tasked {
  readonly ask: ApiClient;
  readonly tenantId: string;
  readonly accountId: string;
  readonly cadenceId: string;
  readonly enrollmentId: string;
  readonly taskId: string;
}

/** A lead of whom a person has something to do: a task, unless other steps are given. */
export async function tasked(steps: readonly object[] = [TASK_STEP]): Promise<Tasked> {
  const { ask, tenantId } = await customer();
  const accountId = await manualAccount(tenantId);
  const cadenceId = await publishedCadence(ask, { steps, businessHoursOnly: false });
  const enrollmentId = await enrolled(ask, cadenceId, LEAD_NOW);
  return { ask, tenantId, accountId, cadenceId, enrollmentId, taskId: await taskOf(ask, enrollmentId) };
}

/** The task's id, once there is one by the enrollment itself. */
export function taskOf(ask: ApiClient, enrollmentId: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const { body } = await ask.get(`/v1/enrollments/${enrollmentId}`);
      if (body.task === null) throw new Error(JSON.stringify(body));
      return body.task.draftId;
    },
    { timeout: 10_000, interval: 50 },
  );
}

/** The queue's rows, once there are so many in the index. */
export function listed(ask: ApiClient, count: number, query = ""): Promise<readonly { readonly id: string }[]> {
  return vi.waitFor(
    async () => {
      const { body } = await ask.get(`/v1/tasks${query}`);
      if (body.data?.length !== count) throw new Error(JSON.stringify(body));
      return body.data;
    },
    { timeout: 10_000, interval: 100 },
  );
}
