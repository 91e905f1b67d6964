import { Page } from "../../ui/page.tsx";

export function MailboxListScreen() {
  return <Page title="MailboxListScreen">Not yet.</Page>;
}
