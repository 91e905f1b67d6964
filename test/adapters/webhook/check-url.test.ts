import { describe, expect, test } from "vitest";
import { checkUrl } from "../../../adapters/webhook/check-url.ts";

const onCloudflare = { publicUrl: "https://drafthook.example.com", localMode: false };
const onThisMachine = { publicUrl: "http://127.0.0.1:8787", localMode: true };

const ORDINARY = [
  "https://hooks.zapier.com/hook",
  "https://hook.eu1.make.com/hook",
  "https://api.example.dev/hook",
  "https://n8n.example.cloud/hook",
  "https://my-app.vercel.app/hook",
  "https://my-app.netlify.app/hook",
  "https://my-app.onrender.com/hook",
  "https://my-app.fly.dev/hook",
  "https://my-app.up.railway.app/hook",
  "https://my-app.herokuapp.com/hook",
  "https://abc123.execute-api.eu-west-1.amazonaws.com/hook",
  "https://abc123.lambda-url.us-east-1.on.aws/hook",
  "https://europe-west1-my-project.cloudfunctions.net/hook",
  "https://my-service-abcdef-ew.a.run.app/hook",
  "https://my-func.azurewebsites.net/hook",
  "https://my-project.supabase.co/hook",
  "https://happy-otter-123.convex.site/hook",
  "https://my-app.deno.dev/hook",
  "https://my-app.pages.dev/hook",
  "https://random-words.trycloudflare.com/hook",
  "https://abc.loca.lt/hook",
  "https://webhook.site/hook",
  "https://acme.example.com.br/hook",
  "https://acme.co.jp/hook",
  "https://xn--p1ai.example/hook",
  "https://münchen.example/hook",
  "https://0xdeadbeef.example.com/hook",
  "https://172.16.0.1.example.net/hook",
  "https://host-10-0-0-1.example.org/hook",
  "https://localhostess.example/hook",
  "https://example.com",
  "https://example.com/",
  "https://example.com/hooks/drafthook?team=7#part",
  "https://example.com:443/x",
  "https://example.com:8443/x",
  "https://example.com./x",
  "https://EXAMPLE.com/x",
  "https://hooks.eu-west-1.example.co.uk/x",
  "https://a-b.example.io/x",
  "https://_dmarc-like.example.com/x",
  "https://xn--bcher-kva.example/x",
  "https://bücher.example/x",
  "https://例え.jp/x",
  "https://worker.account.workers.dev/x",
  "https://abc-def.ngrok-free.app/x",
  "https://local.example.com/x",
  "https://internal.example.com/x",
  "https://localhost.example.com/x",
  "https://1e100.net/x",
  "https://10.example.com/x",
  "https://127.0.0.1.example.com/x",
  "https://notdrafthook.example.com/x",
  "https://example.com/%0d%0aHost:%20x",
  "https://example.com/@10.0.0.1",
];

const REFUSED = [
  // Not https, or not a URL at all.
  ["", "is no URL"],
  ["example.com", "is no URL"],
  ["//example.com", "is no URL"],
  ["http://example.com", "https://"],
  ["ftp://example.com", "https://"],
  ["javascript:alert(1)", "https://"],
  ["data:text/plain,x", "https://"],
  ["file:///etc/passwd", "https://"],
  ["wss://example.com", "https://"],
  ["https://", "is no URL"],
  ["https:///", "is no URL"],
  ["https://example.com:0x50/", "is no URL"],
  ["https://exa mple.com/", "a space"],
  ["https://example.com/a b", "a space"],
  ["https://example.com\\@10.0.0.1/", "a backslash"],
  ["https:\\\\127.0.0.1/", "a backslash"],
  ["https://exam\tple.com/", "a control character"],
  ["https://example.com/\r\nX: y", "a control character"],
  ["\u0000https://example.com/", "a control character"],
  [`https://example.com/${"x".repeat(2_000)}`, "longer than"],
  // Somebody's name and password, ports.
  ["https://user@example.com/", "user name"],
  ["https://user:pass@example.com/", "user name"],
  ["https://:pass@example.com/", "user name"],
  ["https://example.com@10.0.0.1/", "user name"],
  ["https://example.com:80/", "port 443 or 8443"],
  ["https://example.com:22/", "port 443 or 8443"],
  ["https://example.com:8787/", "port 443 or 8443"],
  ["https://example.com:65535/", "port 443 or 8443"],
  // Addresses, in every spelling that a parser folds.
  ["https://127.0.0.1/", "IP address"],
  ["https://127.1/", "IP address"],
  ["https://127.0.0.1./", "IP address"],
  ["https://2130706433/", "IP address"],
  ["https://0x7f000001/", "IP address"],
  ["https://0x7f.1/", "IP address"],
  ["https://0177.0.0.1/", "IP address"],
  ["https://017700000001/", "IP address"],
  ["https://0/", "IP address"],
  ["https://0.0.0.0/", "IP address"],
  ["https://10.0.0.1/", "IP address"],
  ["https://172.16.0.1/", "IP address"],
  ["https://192.168.1.1/", "IP address"],
  ["https://100.64.0.1/", "IP address"],
  ["https://169.254.169.254/latest/meta-data/", "IP address"],
  ["https://198.18.0.1/", "IP address"],
  ["https://255.255.255.255/", "IP address"],
  ["https://8.8.8.8/", "IP address"],
  ["https://１２７.０.０.１/", "IP address"],
  ["https://①②⑦.⓪.⓪.①/", "IP address"],
  ["https://127。0。0。1/", "IP address"],
  ["https://%31%32%37.0.0.1/", "IP address"],
  ["https://[::1]/", "IP address"],
  ["https://[::]/", "IP address"],
  ["https://[::ffff:127.0.0.1]/", "IP address"],
  ["https://[::ffff:7f00:1]/", "IP address"],
  ["https://[64:ff9b::7f00:1]/", "IP address"],
  ["https://[2002:7f00:1::]/", "IP address"],
  ["https://[fd00::1]/", "IP address"],
  ["https://[fe80::1]/", "IP address"],
  ["https://[2606:4700:4700::1111]/", "IP address"],
  ["https://1.2.3.4.5/", "is no URL"],
  ["https://256.256.256.256/", "is no URL"],
  ["https://example.123/", "is no URL"],
  // Names of insides.
  ["https://localhost/", "no public host"],
  ["https://localhost./", "no public host"],
  ["https://LOCALHOST/", "no public host"],
  ["https://ⓛocalhost/", "no public host"],
  ["https://api.localhost/", "no public host"],
  ["https://localhost.localdomain/", "no public host"],
  ["https://intranet/", "no public host"],
  ["https://metadata/", "no public host"],
  ["https://metadata.google.internal/", "no public host"],
  ["https://ip-10-0-0-1.ec2.internal/", "no public host"],
  ["https://printer.local/", "no public host"],
  ["https://nas.home.arpa/", "no public host"],
  ["https://abcdefghijklmnop.onion/", "no public host"],
  ["https://1.0.0.127.in-addr.arpa/", "no public host"],
  ["https://host.corp/", "no public host"],
  ["https://host.lan./", "no public host"],
  // What DNS can't have.
  ["https://-example.com/", "DNS can't have"],
  ["https://example..com/", "DNS can't have"],
  [`https://${"a".repeat(64)}.com/`, "DNS can't have"],
  [`https://${"a.".repeat(130)}com/`, "DNS can't have"],
  ["https://exa$mple.com/", "DNS can't have"],
  // Ourselves.
  ["https://drafthook.example.com/v1/cadences", "this installation itself"],
  ["https://DRAFTHOOK.example.com./", "this installation itself"],
] as const;

describe("on Cloudflare", () => {
  test.each(ORDINARY)("%s may be a webhook", (url) => {
    expect(checkUrl(url, onCloudflare)).toEqual({ ok: true });
  });

  test.each(REFUSED)("%j may not: %s", (url, reason) => {
    const verdict = checkUrl(url, onCloudflare);
    expect(verdict).toEqual({ ok: false, detail: expect.any(String) });
    expect(verdict.ok ? "" : verdict.detail).toContain(reason);
  });
});

describe("in local mode", () => {
  test.each([
    "http://127.0.0.1:9999/x",
    "https://127.0.0.1/x",
    "http://localhost/x",
    "http://localhost:3000/x",
    "http://[::1]:3000/x",
    "http://2130706433:3000/x",
  ])("%s is this machine, and may be a webhook", (url) => {
    expect(checkUrl(url, onThisMachine)).toEqual({ ok: true });
  });

  test.each([
    "http://127.0.0.2/",
    "http://0.0.0.0:3000/",
    "http://10.0.0.1/",
    "http://169.254.169.254/",
    "http://example.com/",
    "http://[::ffff:127.0.0.1]/",
    "ftp://localhost/",
    "http://a@localhost/",
    "http://api.localhost/",
  ])("%s is not, and may not", (url) => {
    expect(checkUrl(url, onThisMachine).ok).toBe(false);
  });

  test.each([
    "http://127.0.0.1:8787/v1/cadences",
    "http://localhost:8787/",
    "http://[::1]:8787/",
    "http://2130706433:8787/",
    "https://127.0.0.1:8787/",
  ])("%s is our own front door, and may not: it would ask itself", (url) => {
    expect(checkUrl(url, onThisMachine)).toEqual({ ok: false, detail: "names this installation itself" });
  });

  test("a front door on the scheme's own port is known without its number", () => {
    const onPort80 = { publicUrl: "http://localhost", localMode: true };
    expect(checkUrl("http://127.0.0.1:80/", onPort80).ok).toBe(false);
    expect(checkUrl("http://127.0.0.1/", onPort80).ok).toBe(false);
    expect(checkUrl("https://127.0.0.1/", onPort80).ok).toBe(true);
  });

  test("behind a public name all of this machine's ports may be webhooks, and the name may not", () => {
    const tunnelled = { publicUrl: "https://drafthook.example.com", localMode: true };
    expect(checkUrl("http://127.0.0.1:8787/", tunnelled)).toEqual({ ok: true });
    expect(checkUrl("https://127.0.0.1/", tunnelled)).toEqual({ ok: true });
    expect(checkUrl("https://drafthook.example.com/", tunnelled).ok).toBe(false);
  });
});
