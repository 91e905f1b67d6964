import { Page } from "../../ui/page.tsx";

export function MailboxScreen() {
  return <Page title="MailboxScreen">Not yet.</Page>;
}
