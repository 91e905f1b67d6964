import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import { useRead } from "../../api/queries.ts";
import { useMay } from "../../shell/use-me.ts";
import { Badge } from "../../ui/badge.tsx";
import { Card, Page } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { When } from "../../ui/when.tsx";
import { AccountActions } from "./account-actions.tsx";
import { DAYS } from "./account-form.ts";
import { accountState, PROVIDERS, STATES } from "./account-state.ts";
import { HookCard } from "./hook-card.tsx";
import { RoomCards } from "./room-card.tsx";

/** One account: how it stands, what it may do, and how it is told what happens. */
export function AccountScreen() {
  const { accountId } = useParams({ from: "/linkedin/$accountId" });
  const mayWrite = useMay("linkedin:write");
  const account = useRead<LinkedinAccount>(`/v1/linkedin-accounts/${accountId}`, {}, { everyMs: 5_000 });
  const { data } = account;
  const state = data === undefined ? null : accountState(data);
  return (
    <Page
      title={data?.name ?? "LinkedIn account"}
      beside={
        state === null ? undefined : (
          <>
            <Badge tone={state.tone}>{state.word}</Badge>
            {data?.isDefault ? <Badge tone="info">default</Badge> : null}
          </>
        )
      }
      lead={data === undefined ? undefined : PROVIDERS[data.provider].said}
      actions={data !== undefined && mayWrite ? <AccountActions account={data} /> : undefined}
    >
      <Read of={account} lines={8}>
        {(one) => (
          <div className="space-y-5">
            {one.pausedReason === null || one.enabled ? null : (
              <p role="alert" className="rounded-lg bg-bad-soft px-4 py-3 text-sm">
                <strong className="font-semibold">It was switched off by itself</strong>: {one.pausedReason}
              </p>
            )}
            <div className="grid items-start gap-5 *:min-w-0 xl:grid-cols-2">
              <RoomCards account={one} />
              <About account={one} />
              {one.hookUrl === null ? null : <HookCard account={one} mayWrite={mayWrite} />}
            </div>
          </div>
        )}
      </Read>
    </Page>
  );
}

function About({ account }: { readonly account: LinkedinAccount }) {
  const { unipile, state, stateAt, plan, workingHours, withdrawAfterDays, profileViewsPerDay, timeZone } = account;
  return (
    <Card title="How it acts">
      <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
        <Line name="Plan">{plan === "paid" ? "paid: notes of 300 characters" : "free: notes of 200 characters"}</Line>
        <Line name="Hours">
          {workingHours.length === 0
            ? "at any hour"
            : workingHours
                .map(({ days, from, to }) => `${days.map((day) => DAYS[day]).join(", ")} ${from}–${to}`)
                .join("; ")}
        </Line>
        <Line name="Time zone">{timeZone ?? "the workspace's"}</Line>
        {unipile === null ? null : (
          <>
            <Line name="Unipile">{unipile.apiUrl}</Line>
            <Line name="Account id">{unipile.accountId}</Line>
            <Line name="It last said">
              {STATES[state]}
              {stateAt === null ? null : (
                <>
                  , <When at={stateAt} />
                </>
              )}
            </Line>
            <Line name="Profiles">{profileViewsPerDay} looked up a day</Line>
            <Line name="Withdrawn">
              {withdrawAfterDays === null ? "never" : `after ${withdrawAfterDays} days without an answer`}
            </Line>
          </>
        )}
        <Line name="Made">
          <When at={account.createdAt} />
        </Line>
      </dl>
    </Card>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
