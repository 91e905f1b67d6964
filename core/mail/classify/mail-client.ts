import type { InboundMail } from "../inbound.ts";

/**
 * Whether a mail names the program that a person wrote it with. Servers have no User-Agent; in X-Mailer they name
 * themselves too, so there it must be a program with a window. Web mail names none: false proves nothing.
 */
export function hasMailClient(mail: InboundMail): boolean {
  if ((mail.headers["user-agent"]?.[0] ?? "").trim() !== "")
    return !VACATION.test(mail.headers["user-agent"]?.[0] ?? "");
  const mailer = (mail.headers["x-mailer"]?.[0] ?? "").slice(0, 200);
  return CLIENT.test(mailer) && !VACATION.test(mailer);
}

const CLIENT =
  /iphone|ipad|ios mail|apple mail|airmail|\bspark\b|mailmate|outlook|windows mail|thunderbird|the bat|foxmail|evolution|kmail|claws|em client|postbox|canary|bluemail|samsung|android|k-9|fairemail|aquamail|yahoo ?mail|aol|gmx|lotus notes|hcl notes|becky|shuriken|mutt|alpine|roundcube|sogo|open-?xchange|qqmail/i;
const VACATION = /vacation|auto-?repl|autorespon|out ?of ?office/i;
