import { type HostVerdict, judgePublicHost, LOOPBACK_HOSTS, withoutTrailingDot } from "../host-policy.ts";

/** A mail server that a customer names, its host as the platform's URL parser writes it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: "tls" | "starttls" | "none";
}

/** `field` is the one to change. */
export type ServerVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly field: "host" | "port" | "security"; readonly detail: string };

/** What providers take submissions on. Workers can't connect to port 25 at all. */
const PORTS: ReadonlySet<number> = new Set([465, 587, 2465, 2525, 2587]);

/**
 * Whether mail may be handed to this server: a public name, a submission port, TLS. `npm start` (`localMode`) also lets
 * a server on this machine be reached, on any port and in the clear.
 */
export function judgeMailServer({ host, port, security }: MailServer, localMode: boolean): ServerVerdict {
  const name = withoutTrailingDot(host);
  if (localMode && LOOPBACK_HOSTS.has(name)) return { ok: true };
  const named: HostVerdict = judgePublicHost(name);
  if (!named.ok) return { ok: false, field: "host", detail: named.detail };
  if (!PORTS.has(port)) return { ok: false, field: "port", detail: `must be one of ${[...PORTS].join(", ")}` };
  if (security === "none")
    return { ok: false, field: "security", detail: "must be tls or starttls: mail leaves this machine over TLS only" };
  return { ok: true };
}
