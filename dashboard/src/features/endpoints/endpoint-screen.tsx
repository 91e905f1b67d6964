import { Page } from "../../ui/page.tsx";

export function EndpointScreen() {
  return <Page title="EndpointScreen">Not yet.</Page>;
}
