import { LATER, STATIC_STEP } from "../../support/cadences.ts";
import type { Ids, World } from "./world.ts";

/** How one operation is called upon a world, and what must come of it. */
export interface Call {
  /** Which id of the world stands in its path. */
  readonly id?: keyof Ids;
  /** With the world's own ids where it takes any. */
  readonly query?: (world: World) => string;
  readonly body?: (world: World) => object;
  /** What the tenant's own key gets; in test mode another where that is given. */
  readonly owner: number;
  readonly ownerInTest?: number;
  /** What a key gets that is not of this tenant and mode: 404, or its own (empty) things, of which nothing is the world's. */
  readonly stranger: number;
  readonly strangerInTest?: number;
  /** Where a live key sees test things by design, and why. */
  readonly liveMay?: string;
}

/** People belong to the tenant and not to a mode: test keys don't see them, live keys do. */
const PEOPLE = { ownerInTest: 403, strangerInTest: 403, liveMay: "a live key sees the tenant's people" } as const;

/** One entry for each operation of the document. Whoever adds a route says here how strangers knock at it. */
export const CALLS: Readonly<Record<string, Call>> = {
  getOverview: { owner: 200, stranger: 200 },
  getTenantForecast: { owner: 200, stranger: 200 },

  createCadence: {
    body: ({ ids }) => ({ name: "x", steps: [STATIC_STEP], endpointId: ids.endpoint, mailboxId: ids.mailbox }),
    owner: 201,
    stranger: 422,
  },
  listCadences: { owner: 200, stranger: 200 },
  getCadence: { id: "cadence", owner: 200, stranger: 404 },
  updateCadence: { id: "cadence", body: () => ({ description: "x" }), owner: 200, stranger: 404 },
  replaceSteps: { id: "cadence", body: () => ({ steps: [STATIC_STEP] }), owner: 200, stranger: 404 },
  patchSteps: { id: "cadence", body: () => ({ steps: [STATIC_STEP] }), owner: 200, stranger: 404 },
  publishCadence: { id: "cadence", body: () => ({}), owner: 200, stranger: 404 },
  listCadenceVersions: { id: "cadence", owner: 200, stranger: 404 },
  // Its step is static: it asks no endpoint.
  testCadence: { id: "cadence", body: () => ({ step: 0 }), owner: 409, stranger: 404 },
  runCadenceNow: { id: "cadence", body: () => ({}), owner: 202, stranger: 404 },

  enrollLead: {
    id: "cadence",
    body: ({ ids }) => ({ leadExternalId: "x", leadEmail: "x@lead.example", inboxId: ids.mailbox, startAt: LATER }),
    owner: 201,
    stranger: 404,
  },
  listEnrollments: { query: ({ ids }) => `?cadenceId=${ids.cadence}`, owner: 200, stranger: 200 },
  getEnrollment: { id: "enrollment", owner: 200, stranger: 404 },
  updateEnrollment: { id: "enrollment", body: () => ({ state: "paused" }), owner: 200, stranger: 404 },
  pauseEnrollment: { id: "enrollment", body: () => ({}), owner: 200, stranger: 404 },
  resumeEnrollment: { id: "enrollment", body: () => ({}), owner: 200, stranger: 404 },
  unenroll: { id: "enrollment", body: () => ({ reason: "x" }), owner: 200, stranger: 404 },
  getForecast: { id: "cadence", owner: 200, stranger: 404 },
  getFunnel: { id: "cadence", owner: 200, stranger: 404 },
  getDecision: { id: "enrollment", owner: 200, stranger: 404 },
  getTimeline: { id: "enrollment", owner: 200, stranger: 404 },
  listMessages: { id: "enrollment", owner: 200, stranger: 404 },

  reportConnected: { id: "enrollment", body: () => ({}), owner: 200, stranger: 404 },
  reportLinkedinReply: { id: "enrollment", body: () => ({ text: "x" }), owner: 200, stranger: 404 },

  listTasks: { owner: 200, stranger: 200 },
  getTask: { id: "task", owner: 200, stranger: 404 },
  // A task step's: only a LinkedIn message needs the two to be connected.
  reportNotConnected: { id: "task", body: () => ({}), owner: 409, stranger: 404 },
  completeTask: { id: "task", body: () => ({ text: "x" }), owner: 200, stranger: 404 },
  skipTask: { id: "task", body: () => ({ reason: "x" }), owner: 409, stranger: 404 },

  getDraft: { id: "draft", owner: 200, stranger: 404 },
  editDraft: { id: "draft", body: () => ({ body: "x" }), owner: 200, stranger: 404 },
  settleDraft: { id: "draft", body: () => ({ arrived: true }), owner: 409, stranger: 404 },
  releaseDraft: { id: "draft", body: () => ({}), owner: 200, stranger: 404 },
  retryDraft: { id: "draft", body: () => ({}), owner: 409, stranger: 404 },
  skipDraft: { id: "draft", body: () => ({}), owner: 409, stranger: 404 },
  completeDraft: { id: "draft", query: () => "?token=forged", body: () => ({ body: "x" }), owner: 404, stranger: 404 },

  listLog: { query: ({ ids }) => `?endpointId=${ids.endpoint}`, owner: 200, stranger: 200 },
  getLogEntry: { id: "log", owner: 200, stranger: 404 },
  redeliver: { id: "log", body: () => ({}), owner: 201, stranger: 404 },

  getEvidence: { id: "message", owner: 200, stranger: 404 },

  listThreads: { query: ({ mark }) => `?all=true&search=${mark}`, owner: 200, stranger: 200 },
  listInbound: { owner: 200, stranger: 200 },
  getInbound: { id: "inbound", owner: 200, stranger: 404 },
  attachInbound: {
    id: "inbound",
    body: ({ ids }) => ({ enrollmentId: ids.enrollment }),
    owner: 200,
    stranger: 404,
  },

  createEndpoint: { body: () => ({ url: "https://hooks.acme.example/x" }), owner: 201, stranger: 201 },
  listEndpoints: { owner: 200, stranger: 200 },
  getEndpoint: { id: "endpoint", owner: 200, stranger: 404 },
  getEndpointHealth: { id: "endpoint", owner: 200, stranger: 404 },
  updateEndpoint: { id: "endpoint", body: () => ({ name: "x" }), owner: 200, stranger: 404 },
  testEndpoint: { id: "endpoint", body: () => ({ forged: false }), owner: 200, stranger: 404 },
  rotateEndpointSecret: { id: "endpoint", body: () => ({}), owner: 200, stranger: 404 },
  deleteEndpoint: { id: "endpoint", owner: 409, stranger: 404 },

  createMailbox: { body: () => ({ provider: "sandbox", email: "x@acme.example" }), owner: 201, stranger: 201 },
  listMailboxes: { owner: 200, stranger: 200 },
  getMailbox: { id: "mailbox", owner: 200, stranger: 404 },
  getMailboxRoom: { id: "mailbox", owner: 200, stranger: 404 },
  updateMailbox: { id: "mailbox", body: () => ({ name: "x" }), owner: 200, stranger: 404 },
  testMailbox: { id: "mailbox", body: () => ({}), owner: 409, stranger: 404 },
  verifyMailboxDomain: { id: "mailbox", body: () => ({}), owner: 409, stranger: 404 },
  deleteMailbox: { id: "mailbox", owner: 409, stranger: 404 },

  createLinkedinAccount: { body: () => ({ provider: "manual", name: "x" }), owner: 201, stranger: 201 },
  listLinkedinAccounts: { owner: 200, stranger: 200 },
  getLinkedinAccount: { id: "linkedin", owner: 200, stranger: 404 },
  getLinkedinRoom: { id: "linkedin", owner: 200, stranger: 404 },
  updateLinkedinAccount: { id: "linkedin", body: () => ({ name: "x" }), owner: 200, stranger: 404 },
  // A person acts for it: there is nobody to ask, and there are no webhooks.
  checkLinkedinAccount: { id: "linkedin", body: () => ({}), owner: 409, stranger: 404 },
  rotateHookSecret: { id: "linkedin", body: () => ({}), owner: 409, stranger: 404 },
  deleteLinkedinAccount: { id: "linkedin", owner: 409, stranger: 404 },

  addSuppressions: { body: () => ({ entries: [{ value: "x@lead.example" }] }), owner: 200, stranger: 200 },
  listSuppressions: { query: ({ mark }) => `?search=${mark}`, owner: 200, stranger: 200 },
  exportSuppressions: { owner: 200, stranger: 200 },
  readSuppression: { id: "suppression", owner: 200, stranger: 404 },
  liftSuppression: { id: "suppression", owner: 204, stranger: 404 },

  listSandboxMessages: { owner: 200, stranger: 200 },
  getSandboxMessage: { id: "sandbox", owner: 200, stranger: 404 },

  replyToSandboxMessage: {
    id: "sandbox",
    body: () => ({ text: "x", kind: "out_of_office" }),
    owner: 409,
    ownerInTest: 200,
    stranger: 404,
  },
  bounceSandboxMessage: { id: "sandbox", body: () => ({ kind: "soft" }), owner: 409, ownerInTest: 200, stranger: 404 },
  unsubscribeSandboxMessage: { id: "sandbox", body: () => ({}), owner: 409, ownerInTest: 200, stranger: 404 },

  getTenant: { owner: 200, stranger: 200 },
  updateTenant: {
    body: () => ({ timeZone: "Europe/Berlin" }),
    owner: 200,
    ownerInTest: 403,
    stranger: 200,
    strangerInTest: 403,
  },

  getUsage: { owner: 200, stranger: 200 },
  // Who was turned away is in it too, and this wall turns many away.
  listAuditLog: { query: () => "?targetKind=cadence", owner: 200, stranger: 200 },
  exportAuditLog: { query: () => "?targetKind=cadence", owner: 200, stranger: 200 },
  getMe: { owner: 200, stranger: 200 },

  listMembers: { owner: 200, stranger: 200, ...PEOPLE },
  updateMember: { id: "member", body: () => ({ role: "operator" }), owner: 200, stranger: 404, ...PEOPLE },
  createInvitation: {
    body: () => ({ email: "x@acme.example", role: "viewer" }),
    owner: 201,
    stranger: 201,
    ...PEOPLE,
  },
  listInvitations: { owner: 200, stranger: 200, ...PEOPLE },
  revokeInvitation: { id: "invitation", owner: 200, stranger: 404, ...PEOPLE },
  removeMember: { id: "member", owner: 204, stranger: 404, ...PEOPLE },

  exportTenant: { owner: 200, ownerInTest: 403, stranger: 200, strangerInTest: 403, liveMay: "an export has all" },
  importTenant: {
    body: ({ tenantId, ids }) => importBody(tenantId, ids.enrollment),
    // No tenant may, until the operator names it.
    owner: 403,
    stranger: 403,
  },
  erasePerson: {
    // Of somebody who is erased in this world already: a live key's erasure reaches the tenant's test data, by design.
    body: ({ mark }) => ({ email: `${mark}@erased.example` }),
    owner: 200,
    stranger: 200,
    liveMay: "who erases a person means their test data too",
  },
  listErasures: { owner: 200, stranger: 200 },
  liftErasure: { id: "erasure", owner: 204, stranger: 404 },

  createKey: { body: () => ({ name: "x" }), owner: 201, stranger: 201 },
  listKeys: { query: () => "?limit=200", owner: 200, stranger: 200, liveMay: "a live key sees the tenant's test keys" },
  revokeKey: { id: "key", owner: 200, stranger: 404, liveMay: "a live key revokes the tenant's test keys" },

  getHealth: { owner: 200, stranger: 200 },
  getEvidenceKeys: { owner: 200, stranger: 200 },
};

/** Of a tenant that was not frozen, so that nothing is written. */
function importBody(tenantId: string, id: string): object {
  const head = {
    kind: "head",
    format: 1,
    installation: "https://other.example",
    version: "0.1.0",
    tenantId,
    at: LATER,
    isFrozen: false,
    keyCheck: "00",
  };
  return { head, move: true, lines: [{ kind: "object", id, object: {} }] };
}
