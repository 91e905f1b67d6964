import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import { Card } from "../../ui/page.tsx";
import { Read } from "../../ui/read.tsx";
import { RoomPicture } from "../../ui/room-picture.tsx";
import { sayRamp, saySeconds } from "../../ui/say-pace.ts";
import { When } from "../../ui/when.tsx";
import { type MailboxRoom, useRoom } from "./use-room.ts";

const DAYS = 14;
/** A place that is nearer than this is called free. */
const NOW_MS = 30_000;

/** Caps, ramp and gaps as a picture and in words. */
export function RoomCard({ mailbox }: { readonly mailbox: Mailbox }) {
  const room = useRoom(mailbox.id, DAYS);
  const { dailySendCap, ramp, minGapSeconds, gapSpreadSeconds } = mailbox;
  const isBounded = dailySendCap !== null || ramp !== null;
  return (
    <Card title="Room">
      <Read of={room} lines={6}>
        {(answer) => (
          <div className="space-y-4">
            <p className="text-sm">
              <NextPlace at={answer.nextPlaceAt} isOn={mailbox.enabled} />
            </p>
            {isBounded ? (
              <RoomPicture days={answer.days} hasRamp={ramp !== null} />
            ) : (
              <p className="rounded-lg bg-raised px-3 py-2 text-sm">
                Nothing bounds it: it has no cap and no ramp. For a new address begin small, with a ramp.
              </p>
            )}
            <ul className="list-disc space-y-1 pl-4 text-sm text-quiet">
              {dailySendCap === null ? null : <li>At most {dailySendCap.toLocaleString("en")} messages a day.</li>}
              {ramp === null ? null : (
                <li>
                  It grows: {sayRamp(ramp)} Since <When at={ramp.since} />.
                </li>
              )}
              {minGapSeconds + gapSpreadSeconds === 0 ? null : (
                <li>
                  Two messages leave at least {saySeconds(minGapSeconds)} apart
                  {gapSpreadSeconds === 0 ? "" : `, and up to ${saySeconds(gapSpreadSeconds)} more by chance`}.
                </li>
              )}
              <li>
                Days are counted by {answer.timeZone}: {whoseZone(mailbox)}.
              </li>
              <li>Answers to replies leave at once and aren't counted.</li>
            </ul>
          </div>
        )}
      </Read>
    </Card>
  );
}

function NextPlace({ at, isOn }: { readonly at: MailboxRoom["nextPlaceAt"]; readonly isOn: boolean }) {
  if (!isOn) return "It is paused: nothing leaves until it is resumed.";
  if (at === null) return "It is full for a year.";
  if (new Date(at).getTime() - Date.now() < NOW_MS) return "One more message could leave now.";
  return (
    <>
      One more message could leave <When at={at} />.
    </>
  );
}

function whoseZone({ capZone: { of, why } }: Mailbox): string {
  const whose = of === "tenant" ? "that of the workspace" : `that of the ${of}`;
  return why === "" ? whose : `${whose}, as ${why}`;
}
