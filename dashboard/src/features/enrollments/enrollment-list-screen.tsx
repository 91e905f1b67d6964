import { Page } from "../../ui/page.tsx";

export function EnrollmentListScreen() {
  return <Page title="EnrollmentListScreen">Not yet.</Page>;
}
