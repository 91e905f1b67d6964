import fc from "fast-check";
import { expect, test } from "vitest";
import { unipileProvider } from "../../../adapters/linkedin/unipile.ts";
import { ACCOUNT_ID, API_KEY, INVITE_JANE, JANE, WRITE_TO_JANE } from "./arrange.ts";

/** Words that they use, so that some of what is made up is nearly right. */
const word = fc.constantFrom(
  ...["Account", "UserProfile", "UserInvitationSent", "ChatStarted", "InvitationCanceled", "OK", "CREDENTIALS"],
  ...[
    "errors/limit_exceeded",
    "errors/already_invited_recently",
    "errors/resource_not_found",
    "errors/",
    "2026-13-45T99:99",
  ],
  ...[JANE.profileId, API_KEY, "__proto__", ""],
);
const key = fc.constantFrom(
  ...["object", "type", "detail", "items", "cursor", "sources", "status", "id", "chat_id", "timestamp", "is_sender"],
  ...["provider_id", "invited_user_id", "parsed_datetime", "member_id", "message_id", "invitation_id", "__proto__"],
);
const { body } = fc.letrec((tie) => ({
  body: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.constantFrom<unknown>(null, 0, 1, -1.5, 1e308, true, false),
    fc.array(tie("body"), { maxLength: 3 }),
    fc.dictionary(key, tie("body"), { maxKeys: 6 }),
  ),
}));
const answer = fc.record({
  status: fc.constantFrom(200, 201, 302, 400, 401, 403, 404, 408, 422, 429, 500, 503, 599),
  text: fc.oneof(
    body.map((value) => JSON.stringify(value)),
    fc.string(),
  ),
  retryAfter: fc.constantFrom("", "60", "-1", "999999999999", "Wed, 21 Oct 2026 07:28:00 GMT"),
});

test("whatever they answer, nothing throws, nothing goes on for ever, and the key comes out of nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 8 }), async (answers) => {
      let asked = 0;
      const provider = unipileProvider(
        { apiUrl: "https://unipile.test/api/v1", apiKey: API_KEY, accountId: ACCOUNT_ID },
        {
          fetch: async () => {
            const said = answers[asked % answers.length];
            asked += 1;
            return new Response(said?.text, {
              status: said?.status ?? 200,
              headers: { "retry-after": said?.retryAfter ?? "" },
            });
          },
        },
      );
      const results = [
        await provider.send(provider.compose(INVITE_JANE, 0)),
        await provider.send(provider.compose(WRITE_TO_JANE, 0)),
        await provider.lookUp(provider.compose(INVITE_JANE, 0)),
        await provider.lookUp(provider.compose(WRITE_TO_JANE, 0)),
        await provider.findProfile(JANE.publicId),
        await provider.withdraw("1"),
        await provider.relations(null),
        await provider.sentInvitations(null),
        await provider.messagesSince(0, null),
        await provider.account(),
      ];
      expect(JSON.stringify(results)).not.toContain(API_KEY);
      expect(asked).toBeLessThan(80);
      for (const result of results)
        if ("retryAfterMs" in result && result.retryAfterMs !== null)
          expect(result.retryAfterMs).toBeLessThanOrEqual(7 * 24 * 3_600_000);
    }),
    { numRuns: 500 },
  );
});
