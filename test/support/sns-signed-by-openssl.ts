/**
 * Two notifications as SNS writes them, in its two signature versions, signed by the `openssl` command and by none of our
 * code. The private key was thrown away.
 */
export const SIGNED_BY_OPENSSL = [
  {
    Type: "Notification",
    MessageId: "4b1f0a3e-0000-5c5c-9c9c-000000000001",
    TopicArn: "arn:aws:sns:eu-west-1:123456789012:drafthook-events",
    Subject: "Amazon SES Email Event Notification",
    Message:
      '{"eventType":"Delivery","mail":{"messageId":"0102019a-0000-000000","destination":["jane@lead.example"],"tags":{"drafthook":["dh-aaaaaaaaaaaaaaaa-0-0"]}},"delivery":{"timestamp":"2026-11-23T09:59:40.000Z","recipients":["jane@lead.example"],"smtpResponse":"250 2.0.0 Ok\\nÜber den Rhein"}}',
    Timestamp: "2026-11-23T09:59:50.000Z",
    SignatureVersion: "1",
    SigningCertURL:
      "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a55ed5160ed0be28c5a55ed5160ed0b.pem",
    Signature:
      "MasaCjxt9L81gjdt/Mr+x5/usGhstq3iAArw/wqR+1Vs0T0uosJt7JdvWPObzYaK40ZXfmNndNpdj/n5FwZ/GfSpFoTttbmfgTHG8cDQ8OludXvKitjg6MGtQiar9Ys1f4/wg9nRHUZUwLJgfkMeCw/PlErozWuOKjWKcmCrhFaz2nP97SOJPDKQSXlvGBswYX95Mkj1MgZSmNNw8LBc52mIVFFEkRSMZnKKNr6wO2q0zN82Eekj6pZYf1qHlPz61bSRk38diktzQ89RDTPGqGZGjWPPCBK6jKZ9TBjDE1dUztiM563K72Ii2ndDL1xmsKrJ1LacWT3pr1CmDux59A==",
  },
  {
    Type: "Notification",
    MessageId: "4b1f0a3e-0000-5c5c-9c9c-000000000002",
    TopicArn: "arn:aws:sns:eu-west-1:123456789012:drafthook-events",
    Message:
      '{"eventType":"Delivery","mail":{"messageId":"0102019a-0000-000000","destination":["jane@lead.example"],"tags":{"drafthook":["dh-aaaaaaaaaaaaaaaa-0-0"]}},"delivery":{"timestamp":"2026-11-23T09:59:40.000Z","recipients":["jane@lead.example"],"smtpResponse":"250 2.0.0 Ok\\nÜber den Rhein"}}',
    Timestamp: "2026-11-23T09:59:50.000Z",
    SignatureVersion: "2",
    SigningCertURL:
      "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a55ed5160ed0be28c5a55ed5160ed0b.pem",
    Signature:
      "k0J83Zg/UvC74ZWj7NgHAKwc/8FWNuixbDb4jT51ejwa+vC71BONtqfeyXwEQtNkYiGimw1wDsvRlYLSOpF5kFUBh1Hz5yle845/PDtJMY0Ab6NaFcV6gWt8isXvXeT0qWIXMoWiFBpa3QUpE6HqDIGXg/o2kP40HIyeeaCeVPwoWMMXkFGlnLvDWfN6L546CNAMI+NzwQFQ2f3v0ciVJqj3wHO855rCvWuUSND/HTiR+EZ3ny3KhlTVsjBMmOxt6d12fy/dcELR3hvbiqPT9nrolOpDP94udhVxz381jfSI3hneW4QcF/ZempwUANmyCv13uFhTvF/V2zspxvs+vQ==",
  },
] as const;

/** The certificate that goes with them, good for a hundred years. */
export const OPENSSL_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIDGzCCAgOgAwIBAgIUCCBN56kuoQQvDlG08UP75PYUSZEwDQYJKoZIhvcNAQEL
BQAwHDEaMBgGA1UEAwwRc25zLmFtYXpvbmF3cy5jb20wIBcNMjYxMTIxMDk1NDI0
WhgPMjEyNjEwMjgwOTU0MjRaMBwxGjAYBgNVBAMMEXNucy5hbWF6b25hd3MuY29t
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAplS4QkHCDS+7Jhjm6gox
RdgSxAyYRmjMDQPZ0kQt0W6s8UeOktTpU8EgYr+ahgNJH4qerAyaCjC31YEKB2TL
+PMJnzEpTDyX7URvmarrmNEj9fCLDElcxN33lO/R+2XzwnRb2sUPrBHfR7imz9V+
S+Z5AHe8ANpi+TYve/4mbQIRzWyAB+4Yk1WHH5zD7IDmR/hk97/sdTJKCZD3MO7q
Daldpbx9t05+3hSbmpbldXWGZwuE4FJ+mYlvRlg8BvkuydT90F12a6JVZ/4BbhSY
i3RZRzpB6VpPiz/6npbTCijhVMX4FbNW5FQ/lQ3Ui4H4z8P7bNUtbX4iNAsYkLf1
VQIDAQABo1MwUTAdBgNVHQ4EFgQUtNeMWVFY/LK3Lw3MsWiIICZnXi0wHwYDVR0j
BBgwFoAUtNeMWVFY/LK3Lw3MsWiIICZnXi0wDwYDVR0TAQH/BAUwAwEB/zANBgkq
hkiG9w0BAQsFAAOCAQEALGiLTN6J/1DEn8BhlxlOYdpODTDuKcA35u2NFPVhz5xs
9nvWtWOrGX8zcA8mZ9OaaNn7owItZrZyGMCqTwYUrIEA9ulj2Mar3j0PeE3oawrX
TNfWBK4Cf6kdZJWVtzzibJfloRF5NyEz3JcegIYJ4te9NOvea4GlsoLmyLOurOrq
qFa/nGaiP/x+rBT+c54EwonPcu4790Oy5vFA29iIxOihf2YRPhB70uL9oN79v9Ff
MqJmInkKbvxHVqcnjN/9QLbf7OOg8qOVsUgcwFG8ujzX8pB+BR/5Nj9QuqPkUJbs
M9NtOODv+Hvt9KwRq8man36l5h82SyEe3cWVeIdnuQ==
-----END CERTIFICATE-----
`;
