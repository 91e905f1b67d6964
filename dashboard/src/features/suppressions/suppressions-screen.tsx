import { Page } from "../../ui/page.tsx";

export function SuppressionsScreen() {
  return <Page title="SuppressionsScreen">Not yet.</Page>;
}
