import { Page } from "../../ui/page.tsx";

export function EndpointListScreen() {
  return <Page title="EndpointListScreen">Not yet.</Page>;
}
