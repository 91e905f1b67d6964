import type { AuditEntry } from "../../../../core/contract/audit.ts";

/** The acts that the log knows, in plain words. One that is new here stands as the engine names it. */
export const ACTIONS: Readonly<Record<string, string>> = {
  "access.refuse": "Refused access",
  "cadence.create": "Made a cadence",
  "cadence.update": "Changed a cadence",
  "cadence.replace_steps": "Changed a cadence's steps",
  "cadence.publish": "Published a cadence",
  "cadence.test_call": "Made a test call",
  "cadence.run_now": "Ran a cadence at once",
  "draft.complete": "Answered a draft later",
  "draft.edit": "Edited a draft",
  "draft.release": "Released a draft",
  "draft.retry": "Asked for a draft again",
  "draft.settle": "Settled a send in doubt",
  "draft.skip": "Skipped a draft",
  "task.done": "Did a task",
  "task.skip": "Passed over a task",
  "task.not_connected": "Said that a lead isn't connected",
  "endpoint.create": "Added an endpoint",
  "endpoint.disable": "Switched an endpoint off",
  "endpoint.test": "Sent an endpoint a test request",
  "endpoint.delete": "Deleted an endpoint",
  "endpoint.rotate_secret": "Gave an endpoint a new secret",
  "endpoint.update": "Changed an endpoint",
  "sandbox_message.reply": "Answered test mail as the lead",
  "sandbox_message.bounce": "Let test mail bounce",
  "sandbox_message.unsubscribe": "Unsubscribed as the lead of test mail",
  "enrollment.create": "Enrolled a lead",
  "enrollment.connected": "Said that a lead is connected",
  "enrollment.linkedin_reply": "Told a reply on LinkedIn",
  "enrollment.pause": "Paused an enrollment",
  "enrollment.resume": "Resumed an enrollment",
  "enrollment.unenroll": "Unenrolled a lead",
  "enrollment.update": "Changed an enrollment",
  "erasure.create": "Erased a person",
  "erasure.lift": "Lifted an erasure",
  "inbound.attach": "Attached a mail",
  "invitation.accept": "Accepted an invitation",
  "invitation.create": "Invited somebody",
  "invitation.revoke": "Revoked an invitation",
  "key.create": "Made a key",
  "key.revoke": "Revoked a key",
  "log_entry.redeliver": "Delivered a request again",
  "linkedin_account.check": "Checked a LinkedIn account",
  "linkedin_account.create": "Added a LinkedIn account",
  "linkedin_account.delete": "Deleted a LinkedIn account",
  "linkedin_account.pause": "Paused a LinkedIn account",
  "linkedin_account.rotate_hook_secret": "Rotated the secret of a LinkedIn account's webhooks",
  "linkedin_account.update": "Changed a LinkedIn account",
  "mailbox.create": "Added a mailbox",
  "mailbox.delete": "Deleted a mailbox",
  "mailbox.pause": "Paused a mailbox",
  "mailbox.self_test": "Tested a mailbox",
  "mailbox.update": "Changed a mailbox",
  "mailbox.verify_domain": "Checked a mailbox's domain",
  "member.remove": "Removed a member",
  "member.update": "Changed a member's role",
  "person.sign_in": "Signed in",
  "suppression.add": "Suppressed an address",
  "suppression.lift": "Lifted a suppression",
  "tenant.create": "Made the workspace",
  "tenant.export": "Took everything out",
  "tenant.import": "Took an export in",
  "tenant.update": "Changed the workspace",
};

const SYSTEMS: Readonly<Record<string, string>> = {
  spam_guard: "The spam guard",
  endpoint_guard: "The endpoint guard",
  account_guard: "The account guard",
  mail_reader: "The mail reader",
  delivery_reports: "Delivery reports",
  bootstrap: "The first start",
};

/** What was done, in plain words. */
export function nameAction(action: string): string {
  return ACTIONS[action] ?? action;
}

/** Who did it. */
export function nameActor({ kind, id, label }: AuditEntry["actor"]): string {
  if (label !== null) return label;
  if (kind === "system") return SYSTEMS[id] ?? id;
  if (kind === "link") return "Whoever held a link";
  return id;
}

/** One field that changed; undefined where it wasn't there. */
export interface ChangedField {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The fields of both sides next to each other, in the order in which they come. */
export function changedFields({ before, after }: Pick<AuditEntry, "before" | "after">): readonly ChangedField[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].map((name) => ({ name, before: before?.[name], after: after?.[name] }));
}

/** A day of an address bar as the first instant of it, or of the day after; undefined for what is no day. */
export function instantOf(day: string | undefined, end: "begins" | "ends"): string | undefined {
  const at = Date.parse(`${day ?? ""}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : new Date(at + (end === "ends" ? 24 * 3600_000 : 0)).toISOString();
}
