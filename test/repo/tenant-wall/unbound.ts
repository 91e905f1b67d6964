/**
 * The statements of adapters/d1 that are bound to no tenant, as `file function`, each with the reason. Everything else
 * there asks for rows of one tenant, or writes them with it.
 */
export const UNBOUND: Readonly<Record<string, string>> = {
  "api-keys findApiKey": "the key is what tells the tenant",
  "attempts countAttempt": "who tries to sign in is nobody yet; the table knows hashes and no tenant",
  "attempts forgetOver": "the sweeper deletes tries, sessions and links by age, and reads nothing",
  "delivery-reports keepReports": "a provider's feed knows no tenants; the table has none",
  "delivery-reports takenReports": "the same table; the caller has one tenant's own sender and recipient",
  "delivery-reports markHandedOver": "the same table, by the feed's own ids",
  "delivery-reports forgetReports": "the same table, by age",
  "delivery-reports doubtfulEnrollments": "the sweeper looks at all tenants; each row names its own",
  "delivery-reports waitingReports": "the sweeper; each report is joined to the tenant whose mailbox sent it",
  "delivery-reports isSharedSender": "asks whether somebody else sends by an address too; answers only yes or no",
  "enrollments unsubscribedEnrollment":
    "an unsubscribe link names no tenant; the caller proves its token against the row's",
  "erasure erasedOf":
    "the log's consumer has messages of all tenants; each is compared with its own tenant's tombstones",
  "idempotency-keys forgetOldKeys": "the sweeper deletes by age",
  "import-rows foreignId":
    "asks whether ids of an import are another tenant's; answers with an id that the caller gave",
  "import-rows insertRows": "takes only rows that name the importing tenant: `WHERE value ->> 'tenant_id' = ?2`",
  "inbound-mail enrollmentsByHints": "a mail names no tenant; the caller proves the token against the row's",
  "inbound-mail claimants": "asks whose mailbox an address is, to find the tenant",
  "inbound-mail claimsOf": "asks whether a tenant, and whether any other one, claims an address; answers yes or no",
  "inbound-mail waitingInbound": "the sweeper looks at all tenants; each row names its own",
  "inbound-mail onlyTenant": "asks whether there is only one tenant",
  "invitations openInvitation": "the token of its link, by its hash, is what tells the tenant",
  "is-answering isAnswering": "asks whether D1 is alive, and reads nothing",
  "key-versions readKeyVersions": "the keys are the installation's; the table has no tenants",
  "key-versions noteKeyVersions": "the same table",
  "key-versions noteKeyProgress": "the same table",
  "key-versions nextSealedRows": "the sweeper moves the secrets of all tenants; each row names its own",
  "linkedin-accounts dueForPolling": "the sweeper asks for the accounts of all tenants; each row names its own",
  "linkedin-accounts hookedAccount":
    "a provider names no tenant; the caller proves the webhook with the row's own secret",
  "mailboxes isReplyDomainTaken": "asks whether another tenant has a domain; answers only yes or no",
  "mailboxes eventsMailbox": "a provider names no tenant; the caller proves its signature with the row's own secret",
  "members membershipsOf": "asks where one person, who is signed in, is a member: that is what tells the tenant",
  "members roleIn": "the same for the tenant that the person has chosen; bound to both, and answers only the role",
  "overdue overdueEnrollments": "the sweeper looks at all tenants; each row names its own",
  "people hasAccount": "people belong to no tenant; answers only yes or no",
  "people isBootstrapped": "asks whether the installation has its first owner; answers only yes or no",
  "people makeFirstOwner": "writes the first tenant and its owner, and nothing when there was one",
  "people noteVerified": "people belong to no tenant; the caller has proven the address",
  "people ownerStatements": "writes a person and their membership of the tenant that it is given",
  "plan-usage zonesOf": "the time zones of the tenants that a batch of the log names, and nothing else of them",
  "plan-usage tenantsToTell": "the sweeper asks which tenants have news of their quotas; it reads their ids only",
  "portable-rows readPortableRows":
    "one tenant's rows of a table of the registry; the condition is there, with its column's name in a variable",
  "project inserts": "each row of the batch carries the tenant that its queue message names",
  "project indexUpdates": "each row is matched by its own tenant: `enrollments.tenant_id = news.value->>'tenantId'`",
  "retention retentionTurns": "the sweeper asks which tenants are due; it reads their terms only",
  "tallies countLines": "each line of the batch carries the tenant that its queue message names",
  "tenants clearWakeDue": "the sweeper says which tenant was woken; it comes from that list",
  "tenants listWakesDue": "the sweeper asks which tenants the operator wants woken; it reads their ids only",
  "threads noteThreads": "each enrollment of the batch is matched by its own tenant",
  "self-tests mailboxOfSelfTest": "a mail names no tenant; the caller proves the token against the row's",
  "sending-record mailboxesSpokenOf":
    "the sweeper judges the mailboxes of all tenants; each is judged with its own row's tenant",
  "sending-record forgetOutcomes": "the sweeper deletes by age, and reads nothing",
};
