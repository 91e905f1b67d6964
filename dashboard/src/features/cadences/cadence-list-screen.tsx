import { Page } from "../../ui/page.tsx";

export function CadenceListScreen() {
  return <Page title="CadenceListScreen">Not yet.</Page>;
}
