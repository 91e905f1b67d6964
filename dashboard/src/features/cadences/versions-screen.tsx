import { Page } from "../../ui/page.tsx";

export function VersionsScreen() {
  return <Page title="VersionsScreen">Not yet.</Page>;
}
