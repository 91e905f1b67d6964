import { Page } from "../../ui/page.tsx";

export function KeysScreen() {
  return <Page title="KeysScreen">Not yet.</Page>;
}
