import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { enrolled } from "../../../support/cadences.ts";
import { watchedDatabase } from "../../../support/plans.ts";
import { LEAD_NOW, listed, MESSAGE_STEP, tasked, taskOf } from "../../../support/tasks.ts";
import { api, seedTenant } from "../../../support/worker.ts";

test("the queue has the open tasks, those that are due first at the front, page by page", async () => {
  const { ask, cadenceId, taskId } = await tasked();
  const others = [];
  for (const leadExternalId of ["b", "c"])
    others.push(await taskOf(ask, await enrolled(ask, cadenceId, { ...LEAD_NOW, leadExternalId, leadEmail: null })));
  await listed(ask, 3);
  const [first, second] = [await ask.get("/v1/tasks?limit=2"), await ask.get("/v1/tasks?limit=2")];
  expect(first.body).toEqual(second.body);
  expect(first.body.data.map(({ id }: { id: string }) => id)).toEqual([taskId, others[0]]);
  const next = await ask.get(`/v1/tasks?limit=2&cursor=${first.body.nextCursor}`);
  expect(next.body.data.map(({ id }: { id: string }) => id)).toEqual([others[1]]);
  expect(next.body.nextCursor).toBeNull();
  await ask.post(`/v1/tasks/${taskId}/done`);
  await listed(ask, 2);
});

test("tasks are found by kind, cadence, account, and whether they are overdue", async () => {
  const { ask, tenantId, cadenceId, accountId } = await tasked([MESSAGE_STEP]);
  await listed(ask, 1, `?kind=linkedin_message&cadenceId=${cadenceId}&accountId=${accountId}`);
  for (const other of ["kind=task", "cadenceId=cad_aaaaaaaaaaaaaaaa", "accountId=lia_aaaaaaaaaaaaaaaa", "overdue=true"])
    expect((await ask.get(`/v1/tasks?${other}`)).body.data).toEqual([]);
  const attention = async () => (await ask.get("/v1/overview")).body.attention;
  expect(await attention()).toMatchObject({ openTasks: 1, overdueTasks: 0, pausedLinkedinAccounts: 0 });
  await env.DB.prepare("UPDATE enrollments SET task_due_at = 1 WHERE tenant_id = ?").bind(tenantId).run();
  expect((await ask.get("/v1/tasks?overdue=true")).body.data).toMatchObject([{ isOverdue: true }]);
  expect(await attention()).toMatchObject({ openTasks: 1, overdueTasks: 1 });
  await env.DB.prepare("UPDATE linkedin_accounts SET enabled = 0, paused_reason = 'restricted' WHERE id = ?")
    .bind(accountId)
    .run();
  expect(await attention()).toMatchObject({ pausedLinkedinAccounts: 1 });
});

test("where something else of the enrollment is held, the task is still named by its own id", async () => {
  const { ask, tenantId, taskId } = await tasked();
  await listed(ask, 1);
  await env.DB.prepare("UPDATE enrollments SET held_reason = 'ambiguous', draft_id = 'evt_x' WHERE tenant_id = ?")
    .bind(tenantId)
    .run();
  expect((await ask.get("/v1/tasks")).body.data).toMatchObject([{ id: taskId }]);
});

test("a cursor of another list is refused", async () => {
  const { ask } = await tasked();
  for (const cursor of ["nonsense", btoa("s1"), btoa("t1.enr_x")])
    expect((await ask.get(`/v1/tasks?cursor=${cursor}`)).body.code).toBe("invalid_cursor");
});

test.each(["", "kind=task", "cadenceId=cad_a", "accountId=lia_a", "overdue=true", `cursor=${btoa("t5.7")}`])(
  "the tasks of ?%s are found by their index, in order",
  async (query) => {
    const { key } = await seedTenant();
    const watched = watchedDatabase();
    expect((await api(key, { DB: watched.DB }).get(`/v1/tasks?${query}`)).status).toBe(200);
    const [plan] = await watched.plans("enrollments");
    expect(plan).toContain("USING INDEX enrollments_tasks (tenant_id=? AND mode=?");
    expect(plan).not.toContain("TEMP B-TREE");
  },
);
