import type { Api } from "../api.ts";
import { exportAuditLog } from "./audit-log/export.ts";
import { getAuditLog } from "./audit-log/list.ts";
import { createCadence } from "./cadences/create.ts";
import { getForecast } from "./cadences/forecast.ts";
import { getFunnel } from "./cadences/funnel.ts";
import { getCadences } from "./cadences/list.ts";
import { getVersions } from "./cadences/list-versions.ts";
import { publishCadence } from "./cadences/publish.ts";
import { getCadence } from "./cadences/read.ts";
import { replaceSteps } from "./cadences/replace-steps.ts";
import { runCadenceNow } from "./cadences/run-now.ts";
import { testCadence } from "./cadences/test-call.ts";
import { updateCadence } from "./cadences/update.ts";
import { completeDraft } from "./drafts/complete.ts";
import { editDraft } from "./drafts/edit.ts";
import { getDraft } from "./drafts/read.ts";
import { releaseDraft } from "./drafts/release.ts";
import { retryDraft } from "./drafts/retry.ts";
import { settleDraft } from "./drafts/settle.ts";
import { skipDraft } from "./drafts/skip.ts";
import { createEndpoint } from "./endpoints/create.ts";
import { removeEndpoint } from "./endpoints/delete.ts";
import { getEndpointHealth } from "./endpoints/health.ts";
import { listAllEndpoints } from "./endpoints/list.ts";
import { readEndpoint } from "./endpoints/read.ts";
import { rotateSecret } from "./endpoints/rotate-secret.ts";
import { testEndpoint } from "./endpoints/test.ts";
import { changeEndpoint } from "./endpoints/update.ts";
import { reportConnected } from "./enrollments/connected.ts";
import { enrollLead } from "./enrollments/create.ts";
import { getDecision } from "./enrollments/decision.ts";
import { reportLinkedinReply } from "./enrollments/linkedin-reply.ts";
import { getEnrollments } from "./enrollments/list.ts";
import { getMessages } from "./enrollments/messages.ts";
import { pauseEnrollment } from "./enrollments/pause.ts";
import { getEnrollment } from "./enrollments/read.ts";
import { resumeEnrollment } from "./enrollments/resume.ts";
import { getTimeline } from "./enrollments/timeline.ts";
import { unenroll } from "./enrollments/unenroll.ts";
import { updateEnrollment } from "./enrollments/update.ts";
import { erase } from "./erasures/erase.ts";
import { liftErasure } from "./erasures/lift.ts";
import { getErasures } from "./erasures/list.ts";
import { getTenantForecast } from "./forecast/read.ts";
import { attachInbound } from "./inbound/attach.ts";
import { getInbound } from "./inbound/list.ts";
import { getInboundMail } from "./inbound/read.ts";
import { createInvitation } from "./invitations/create.ts";
import { getInvitations } from "./invitations/list.ts";
import { deleteInvitation } from "./invitations/revoke.ts";
import { createKey } from "./keys/create.ts";
import { listKeys } from "./keys/list.ts";
import { revokeKey } from "./keys/revoke.ts";
import { checkLinkedinAccount } from "./linkedin-accounts/check.ts";
import { createLinkedinAccount } from "./linkedin-accounts/create.ts";
import { removeLinkedinAccount } from "./linkedin-accounts/delete.ts";
import { listAllLinkedinAccounts } from "./linkedin-accounts/list.ts";
import { readLinkedinAccount } from "./linkedin-accounts/read.ts";
import { showLinkedinRoom } from "./linkedin-accounts/room.ts";
import { rotateHookSecret } from "./linkedin-accounts/rotate-hook-secret.ts";
import { changeLinkedinAccount } from "./linkedin-accounts/update.ts";
import { getLog } from "./log/list.ts";
import { getLogEntry } from "./log/read.ts";
import { redeliver } from "./log/redeliver.ts";
import { createMailbox } from "./mailboxes/create.ts";
import { removeMailbox } from "./mailboxes/delete.ts";
import { listAllMailboxes } from "./mailboxes/list.ts";
import { readMailbox } from "./mailboxes/read.ts";
import { showMailboxRoom } from "./mailboxes/room.ts";
import { testMailbox } from "./mailboxes/self-test.ts";
import { changeMailbox } from "./mailboxes/update.ts";
import { verifyMailboxDomain } from "./mailboxes/verify-domain.ts";
import { readMe } from "./me/read.ts";
import { getMembers } from "./members/list.ts";
import { deleteMember } from "./members/remove.ts";
import { updateMember } from "./members/update.ts";
import { getEvidence } from "./messages/evidence.ts";
import { getOverview } from "./overview/read.ts";
import { bounceSandboxMessage } from "./sandbox-messages/bounce.ts";
import { listSandboxMessages } from "./sandbox-messages/list.ts";
import { readSandboxMessage } from "./sandbox-messages/read.ts";
import { replyToSandboxMessage } from "./sandbox-messages/reply.ts";
import { unsubscribeSandboxMessage } from "./sandbox-messages/unsubscribe.ts";
import { addSuppressions } from "./suppressions/add.ts";
import { exportSuppressions } from "./suppressions/export.ts";
import { removeSuppression } from "./suppressions/lift.ts";
import { getSuppressions } from "./suppressions/list.ts";
import { readSuppression } from "./suppressions/read.ts";
import { getEvidenceKeys } from "./system/evidence-keys.ts";
import { health } from "./system/health.ts";
import { openapi } from "./system/openapi.ts";
import { completeTask } from "./tasks/done.ts";
import { getTasks } from "./tasks/list.ts";
import { reportNotConnected } from "./tasks/not-connected.ts";
import { getTask } from "./tasks/read.ts";
import { skipTask } from "./tasks/skip.ts";
import { exportTenant } from "./tenant/export.ts";
import { importTenant } from "./tenant/import.ts";
import { readOwnTenant } from "./tenant/read.ts";
import { changeTenant } from "./tenant/update.ts";
import { getThreads } from "./threads/list.ts";
import { readUsage } from "./usage/read.ts";

/** Every route, in the order of the documentation. */
export function registerRoutes(app: Api): void {
  for (const register of ROUTES) register(app);
}

const ROUTES: readonly ((app: Api) => void)[] = [
  getOverview,
  getTenantForecast,
  ...[
    createCadence,
    getCadences,
    getCadence,
    updateCadence,
    replaceSteps,
    publishCadence,
    getVersions,
    getForecast,
    getFunnel,
    testCadence,
    runCadenceNow,
  ],
  ...[
    enrollLead,
    getEnrollments,
    getEnrollment,
    updateEnrollment,
    pauseEnrollment,
    resumeEnrollment,
    unenroll,
    getDecision,
    getTimeline,
    getMessages,
    reportConnected,
    reportLinkedinReply,
  ],
  ...[getDraft, releaseDraft, editDraft, skipDraft, retryDraft, settleDraft, completeDraft],
  ...[getTasks, getTask, completeTask, skipTask, reportNotConnected],
  ...[getLog, getLogEntry, redeliver, getEvidence],
  ...[getThreads, getInbound, getInboundMail, attachInbound],
  ...[
    createEndpoint,
    listAllEndpoints,
    readEndpoint,
    changeEndpoint,
    removeEndpoint,
    rotateSecret,
    getEndpointHealth,
    testEndpoint,
  ],
  ...[
    createLinkedinAccount,
    listAllLinkedinAccounts,
    readLinkedinAccount,
    showLinkedinRoom,
    changeLinkedinAccount,
    checkLinkedinAccount,
    rotateHookSecret,
    removeLinkedinAccount,
    createMailbox,
    listAllMailboxes,
    readMailbox,
    showMailboxRoom,
    changeMailbox,
    testMailbox,
    verifyMailboxDomain,
    removeMailbox,
  ],
  ...[addSuppressions, getSuppressions, exportSuppressions, readSuppression, removeSuppression],
  ...[listSandboxMessages, readSandboxMessage, replyToSandboxMessage, bounceSandboxMessage, unsubscribeSandboxMessage],
  ...[readOwnTenant, changeTenant, readUsage, readMe],
  ...[getAuditLog, exportAuditLog],
  ...[erase, getErasures, liftErasure, exportTenant, importTenant],
  ...[createKey, listKeys, revokeKey],
  ...[getMembers, updateMember, deleteMember, createInvitation, getInvitations, deleteInvitation],
  health,
  getEvidenceKeys,
  openapi,
];
