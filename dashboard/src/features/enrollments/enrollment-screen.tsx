import { Page } from "../../ui/page.tsx";

export function EnrollmentScreen() {
  return <Page title="EnrollmentScreen">Not yet.</Page>;
}
