import { describe, expect, it } from "vitest";
import { CreateLinkedinAccount, UpdateLinkedinAccount } from "../../../core/contract/linkedin-account.ts";
import {
  type AccountForm,
  changeBody,
  createBody,
  EMPTY_FORM,
} from "../../../dashboard/src/features/linkedin/account-form.ts";

const KNOWN: AccountForm = {
  ...EMPTY_FORM,
  ...{ provider: "unipile", name: "Jane", apiUrl: "https://api8.unipile.com:13851/api/v1", accountId: "a" },
  ...{ invitationsPerDay: "80", invitationsPerWeek: "200", messagesPerDay: "100" },
};

describe("the form of a LinkedIn account", () => {
  it("asks for no more than was typed, so that the plan's pace holds", () => {
    const body = createBody({ ...EMPTY_FORM, name: "Jane" });
    expect(body).toMatchObject({ provider: "manual", invitations: {}, messages: {} });
    expect(CreateLinkedinAccount.safeParse(body).success).toBe(true);
    const other = createBody({ ...KNOWN, apiKey: "k", isNew: false, hours: "any" });
    expect(other).toMatchObject({ workingHours: [], invitations: { perDay: 80, ramp: null } });
    expect(CreateLinkedinAccount.safeParse(other).success).toBe(true);
  });

  it("sends only what was changed", () => {
    expect(changeBody(KNOWN, KNOWN)).toEqual({});
    const change = (part: Partial<AccountForm>) => {
      const body = changeBody(KNOWN, { ...KNOWN, ...part });
      expect(UpdateLinkedinAccount.safeParse(body).success).toBe(true);
      return body;
    };
    expect(change({ apiKey: "new" })).toEqual({ unipile: { apiKey: "new" } });
    expect(change({ invitationsPerDay: "40" })).toEqual({ invitations: { perDay: 40 } });
    expect(change({ withdrawAfterDays: "" })).toEqual({ withdrawAfterDays: null });
    expect(change({ isNew: false })).toEqual({ invitations: { ramp: null }, messages: { ramp: null } });
  });

  it("leaves several windows as the API has set them", () => {
    const kept: AccountForm = { ...KNOWN, hours: "kept" };
    expect(changeBody(kept, { ...kept, name: "Jane D" })).toEqual({ name: "Jane D" });
    expect(changeBody(kept, { ...kept, hours: "any" })).toEqual({ workingHours: [] });
  });
});
