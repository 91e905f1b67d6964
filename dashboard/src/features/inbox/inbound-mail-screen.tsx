import { Page } from "../../ui/page.tsx";

export function InboundMailScreen() {
  return <Page title="InboundMailScreen">Not yet.</Page>;
}
