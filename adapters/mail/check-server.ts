import { judgeMailServer, type MailServer, type ServerVerdict } from "../../core/mail/server-policy.ts";

/** Whether mail may be handed to this server. The host is judged as the platform reads it, whatever its spelling. */
export function checkMailServer(server: MailServer, localMode: boolean): ServerVerdict {
  const read = URL.parse(`https://${server.host}`);
  const isBare =
    read !== null &&
    read.pathname === "/" &&
    read.search === "" &&
    read.hash === "" &&
    read.port === "" &&
    read.username === "" &&
    read.password === "";
  // `::1` is no host of a URL, but it is how a person writes it.
  if (!isBare || !/^[\p{L}\p{M}\p{N}.:[\]_-]+$/u.test(server.host))
    return { ok: false, field: "host", detail: "is no host name" };
  return judgeMailServer({ ...server, host: read.hostname }, localMode);
}
