import { Page } from "../../ui/page.tsx";

export function AddLeadsScreen() {
  return <Page title="AddLeadsScreen">Not yet.</Page>;
}
