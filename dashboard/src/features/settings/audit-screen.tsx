import { Page } from "../../ui/page.tsx";

export function AuditScreen() {
  return <Page title="AuditScreen">Not yet.</Page>;
}
