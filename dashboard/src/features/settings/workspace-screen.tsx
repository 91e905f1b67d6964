import { Page } from "../../ui/page.tsx";

export function WorkspaceScreen() {
  return <Page title="WorkspaceScreen">Not yet.</Page>;
}
