import { Page } from "../../ui/page.tsx";

export function UnmatchedScreen() {
  return <Page title="UnmatchedScreen">Not yet.</Page>;
}
