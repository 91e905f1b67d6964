import { Page } from "../../ui/page.tsx";

export function LogScreen() {
  return <Page title="LogScreen">Not yet.</Page>;
}
