import { Page } from "../../ui/page.tsx";

export function ThreadScreen() {
  return <Page title="ThreadScreen">Not yet.</Page>;
}
