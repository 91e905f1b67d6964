import { Page } from "../../ui/page.tsx";

export function HeldScreen() {
  return <Page title="HeldScreen">Not yet.</Page>;
}
