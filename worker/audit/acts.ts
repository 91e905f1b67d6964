/** What a route does, in the words of the audit log: `<target>.<verb>`. */
export type Action = `${string}.${string}`;

/**
 * Every route that changes something, by its operationId. A route that isn't here doesn't start (worker/audit/read-acts.ts),
 * and one that is and doesn't say what it changed (`c.set("change", …)`) is found by test/worker/audit/every-route.test.ts.
 */
export const ACTS: Readonly<Record<string, Action>> = {
  createCadence: "cadence.create",
  updateCadence: "cadence.update",
  replaceSteps: "cadence.replace_steps",
  patchSteps: "cadence.replace_steps",
  publishCadence: "cadence.publish",
  runCadenceNow: "cadence.run_now",
  testCadence: "cadence.test_call",
  enrollLead: "enrollment.create",
  updateEnrollment: "enrollment.update",
  pauseEnrollment: "enrollment.pause",
  resumeEnrollment: "enrollment.resume",
  unenroll: "enrollment.unenroll",
  releaseDraft: "draft.release",
  editDraft: "draft.edit",
  skipDraft: "draft.skip",
  retryDraft: "draft.retry",
  settleDraft: "draft.settle",
  completeDraft: "draft.complete",
  completeTask: "task.done",
  skipTask: "task.skip",
  reportNotConnected: "task.not_connected",
  reportConnected: "enrollment.connected",
  reportLinkedinReply: "enrollment.linkedin_reply",
  redeliver: "log_entry.redeliver",
  attachInbound: "inbound.attach",
  createEndpoint: "endpoint.create",
  updateEndpoint: "endpoint.update",
  deleteEndpoint: "endpoint.delete",
  rotateEndpointSecret: "endpoint.rotate_secret",
  testEndpoint: "endpoint.test",
  createMailbox: "mailbox.create",
  updateMailbox: "mailbox.update",
  testMailbox: "mailbox.self_test",
  verifyMailboxDomain: "mailbox.verify_domain",
  deleteMailbox: "mailbox.delete",
  createLinkedinAccount: "linkedin_account.create",
  updateLinkedinAccount: "linkedin_account.update",
  checkLinkedinAccount: "linkedin_account.check",
  rotateHookSecret: "linkedin_account.rotate_hook_secret",
  deleteLinkedinAccount: "linkedin_account.delete",
  replyToSandboxMessage: "sandbox_message.reply",
  bounceSandboxMessage: "sandbox_message.bounce",
  unsubscribeSandboxMessage: "sandbox_message.unsubscribe",
  addSuppressions: "suppression.add",
  liftSuppression: "suppression.lift",
  updateTenant: "tenant.update",
  importTenant: "tenant.import",
  erasePerson: "erasure.create",
  liftErasure: "erasure.lift",
  createKey: "key.create",
  revokeKey: "key.revoke",
  updateMember: "member.update",
  removeMember: "member.remove",
  createInvitation: "invitation.create",
  revokeInvitation: "invitation.revoke",
};

const IN = "a sign-in is a row in each of the person's organisations (worker/people/note-act.ts)";
const OWN = "a person's password is no tenant's";

/** Routes that change something and are told otherwise, by `METHOD /path` as Hono writes it, each with where. */
export const TOLD_ELSEWHERE: Readonly<Record<string, string>> = {
  "POST /auth/sign-in/password": IN,
  "POST /auth/sign-in/link": IN,
  "POST /auth/sign-in/email": "only sends a link",
  "POST /auth/sign-in/sso": "only says where to go on; GET /auth/callback/oidc signs in, and is a row as above",
  "POST /auth/sign-out": "ends a session of one person and changes nothing of a tenant's",
  "POST /auth/organization": "says which tenant a session is for, and changes nothing of it",
  "POST /auth/password": OWN,
  "POST /auth/password/forgot": "only sends a link",
  "POST /auth/password/reset": OWN,
  "POST /auth/invitation": "only shows one",
  "POST /auth/invitation/accept": "a row of the tenant (worker/people/note-act.ts)",
  "POST /auth/bootstrap": "the first row of the tenant that it makes (worker/people/note-act.ts)",
  "POST /u/:token": "each address that is new on the list is a row, in the transaction that puts it there",
  "POST /delivery-events/:mailboxId":
    "what a provider says is in the enrollment's log; an address that it puts on the list is a row, as above",
  "POST /linkedin-hooks/:accountId":
    "what a provider says is in the enrollment's log; an account that it stops, or that is well again, is a row of its own",
};
