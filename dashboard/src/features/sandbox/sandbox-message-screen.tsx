import { Page } from "../../ui/page.tsx";

export function SandboxMessageScreen() {
  return <Page title="SandboxMessageScreen">Not yet.</Page>;
}
