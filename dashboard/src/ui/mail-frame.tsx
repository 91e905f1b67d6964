import { lazy, Suspense } from "react";
import { Skeleton } from "./notes.tsx";

/** A mail's HTML, written by a stranger, and what the frame is for to whoever can't see it. */
export interface MailFrameProps {
  readonly html: string;
  readonly title: string;
}

const CleanedMail = lazy(() => import("./cleaned-mail.tsx"));

/** The HTML of a mail as it looks, without what it could do: no script, no request, no link, no form (security.md T15). */
export function MailFrame(props: MailFrameProps) {
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <CleanedMail {...props} />
    </Suspense>
  );
}
