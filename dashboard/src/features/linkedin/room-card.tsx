import type { ReactNode } from "react";
import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import type { LinkedinRoom } from "../../../../core/contract/linkedin-pace.ts";
import { Card } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { RoomPicture } from "../../ui/room-picture.tsx";
import { sayRamp, saySeconds } from "../../ui/say-pace.ts";
import { When } from "../../ui/when.tsx";
import { useRoom } from "./use-room.ts";

const DAYS = 14;
/** A place that is nearer than this is called free. */
const NOW_MS = 30_000;

/** What may be done on each day, and what is planned. */
export function RoomCards({ account }: { readonly account: LinkedinAccount }) {
  const room = useRoom(account.id, DAYS);
  const { invitations, messages, restUntil } = account;
  return (
    <>
      <Card title="Invitations">
        <Read of={room} lines={6}>
          {({ invitations: of, timeZone }) => (
            <Room of={of} pace={invitations} isOn={account.enabled} restUntil={restUntil.invitations}>
              <li>
                At most {invitations.perDay} a day, and {invitations.perWeek} in any seven days.
              </li>
              <li>Days are counted by {timeZone}.</li>
            </Room>
          )}
        </Read>
      </Card>
      <Card title="Messages">
        <Read of={room} lines={6}>
          {({ messages: of, timeZone }) => (
            <Room of={of} pace={messages} isOn={account.enabled} restUntil={restUntil.messages}>
              <li>At most {messages.perDay} a day.</li>
              <li>Days are counted by {timeZone}.</li>
            </Room>
          )}
        </Read>
      </Card>
    </>
  );
}

interface RoomProps {
  readonly of: LinkedinRoom["invitations"];
  readonly pace: LinkedinAccount["messages"];
  readonly isOn: boolean;
  readonly restUntil: string | null;
  readonly children: ReactNode;
}

function Room({ of: { nextPlaceAt, days }, pace, isOn, restUntil, children }: RoomProps) {
  const { ramp, minGapSeconds, gapSpreadSeconds } = pace;
  return (
    <div className="space-y-4">
      <p className="text-sm">
        {restUntil === null ? (
          <NextPlace at={nextPlaceAt} isOn={isOn} />
        ) : (
          <>
            LinkedIn has said that it is enough for now: none leaves until <When at={restUntil} />.
          </>
        )}
      </p>
      <RoomPicture days={days} hasRamp={ramp !== null} />
      <ul className="list-disc space-y-1 pl-4 text-sm text-quiet">
        {children}
        {ramp === null ? null : (
          <li>
            It grows: {sayRamp(ramp)} Since <When at={ramp.since} />.
          </li>
        )}
        {minGapSeconds + gapSpreadSeconds === 0 ? null : (
          <li>
            Two are at least {saySeconds(minGapSeconds)} apart
            {gapSpreadSeconds === 0 ? "" : `, and up to ${saySeconds(gapSpreadSeconds)} more by chance`}.
          </li>
        )}
      </ul>
    </div>
  );
}

function NextPlace({ at, isOn }: { readonly at: string | null; readonly isOn: boolean }) {
  if (!isOn) return "It is off: nothing leaves until it is switched on again.";
  if (at === null) return "It is full for a year.";
  if (new Date(at).getTime() - Date.now() < NOW_MS) return "One more could leave now.";
  return (
    <>
      One more could leave <When at={at} />.
    </>
  );
}
