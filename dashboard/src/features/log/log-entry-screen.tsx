import { Page } from "../../ui/page.tsx";

export function LogEntryScreen() {
  return <Page title="LogEntryScreen">Not yet.</Page>;
}
