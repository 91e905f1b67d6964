import { Page } from "../../ui/page.tsx";

export function EditorScreen() {
  return <Page title="EditorScreen">Not yet.</Page>;
}
