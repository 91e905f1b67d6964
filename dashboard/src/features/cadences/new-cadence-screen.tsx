import { Page } from "../../ui/page.tsx";

export function NewCadenceScreen() {
  return <Page title="NewCadenceScreen">Not yet.</Page>;
}
