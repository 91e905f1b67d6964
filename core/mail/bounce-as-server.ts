/** What a far server says of a message that it gave back. */
export interface Returned {
  readonly from: string;
  readonly to: string;
  /** To whom the message went. */
  readonly recipient: string;
  /** Header lines of the message, with CRLF line ends. */
  readonly headers: string;
  /** `hard`: there is no such mailbox. `soft`: it is full. */
  readonly kind: "hard" | "soft";
  readonly messageId: string;
  /** Date in the form of RFC 5322. */
  readonly date: string;
  readonly boundary: string;
}

const WORDS = {
  hard: { status: "5.1.1", reply: "550", text: "The email account that you tried to reach does not exist" },
  soft: { status: "4.2.2", reply: "452", text: "The recipient's mailbox is full, and stayed so for days" },
} as const;

/** A delivery status notification (RFC 3464) as RFC 5322 text with CRLF line ends. All values must be free of line breaks but `headers`. */
export function bounceAsServer(returned: Returned): string {
  const { status, reply, text } = WORDS[returned.kind];
  const { boundary, recipient } = returned;
  const server = returned.from.slice(returned.from.lastIndexOf("@") + 1);
  const lines = [
    `From: Mail Delivery Subsystem <${returned.from}>`,
    `To: ${returned.to}`,
    "Subject: Delivery Status Notification (Failure)",
    `Message-ID: ${returned.messageId}`,
    `Date: ${returned.date}`,
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    `Your message to ${recipient} was not delivered.`,
    "",
    `${reply} ${status} ${text}.`,
    "",
    `--${boundary}`,
    "Content-Type: message/delivery-status",
    "",
    `Reporting-MTA: dns; ${server}`,
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    "Action: failed",
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${reply} ${status} ${text}`,
    "",
    `--${boundary}`,
    "Content-Type: text/rfc822-headers",
    "",
    returned.headers,
    "",
    `--${boundary}--`,
    "",
  ];
  return lines.join("\r\n");
}
