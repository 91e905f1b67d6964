/** A mail of the installation itself, to one of its people. */
export interface Notice {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends by Cloudflare Email Service. Rejects with the binding's own error when it isn't taken. */
export async function sendNotice(binding: SendEmail, from: string, { to, subject, text }: Notice): Promise<void> {
  await binding.send({ from, to, subject, text });
}
