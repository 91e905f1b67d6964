import { Page } from "../../ui/page.tsx";

export function UsageScreen() {
  return <Page title="UsageScreen">Not yet.</Page>;
}
