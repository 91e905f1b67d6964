import { Page } from "../../ui/page.tsx";

export function CadenceScreen() {
  return <Page title="CadenceScreen">Not yet.</Page>;
}
