import { Page } from "../../ui/page.tsx";

export function MembersScreen() {
  return <Page title="MembersScreen">Not yet.</Page>;
}
