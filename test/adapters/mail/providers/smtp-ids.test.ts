import { expect, test } from "vitest";
import { smtpProvider } from "../../../../adapters/mail/providers/smtp.ts";

test.each([
  ["email-smtp.eu-west-1.amazonaws.com", "learn"],
  ["EMAIL-SMTP-FIPS.us-east-1.amazonaws.com", "learn"],
  ["smtp.mx.cloudflare.net", "learn"],
  ["smtp.resend.com", "learn"],
  ["smtp.example.com", "yes"],
  ["email-smtp.eu-west-1.amazonaws.com.example.com", "yes"],
])("whether recipients see our ids through %s: %s", (host, keeps) => {
  expect(smtpProvider({ host, port: 465, security: "tls" }).keepsMessageId).toBe(keeps);
});
