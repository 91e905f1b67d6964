import { smtpProvider } from "../../../../adapters/mail/providers/smtp.ts";
import { dialLoopback } from "../../../support/far-side.ts";
import { testConformance } from "./run-conformance.ts";
import { smtpSubject } from "./smtp-subject.ts";

const options = { dial: dialLoopback, allowPlaintext: true, timeouts: { acceptanceMs: 300 } };

testConformance(smtpSubject("smtp over implicit TLS", "tls", (settings) => smtpProvider(settings, options)));
testConformance(smtpSubject("smtp with STARTTLS", "starttls", (settings) => smtpProvider(settings, options)));
testConformance(smtpSubject("smtp in the clear on loopback", "none", (settings) => smtpProvider(settings, options)));
