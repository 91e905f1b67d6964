import { useMemo } from "react";
import { cleanMail } from "./clean-mail.ts";
import type { MailFrameProps } from "./mail-frame.tsx";

/** Two walls: what is shown was cleaned, and the frame may run, send and open nothing whatever is in it. */
export default function CleanedMail({ html, title }: MailFrameProps) {
  const { document, heightRem, left } = useMemo(() => cleanMail(html), [html]);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1.5 text-xs text-quiet">
        {left === 0 ? "" : `${left === 1 ? "One image is" : `${left} images are`} not loaded. `}
        Scripts are taken out, and links are shown as text.
      </figcaption>
      <div
        className="max-h-[80dvh] min-h-32 resize-y overflow-hidden rounded-lg border border-line bg-white"
        style={{ height: `${heightRem}rem` }}
      >
        <iframe
          title={title}
          sandbox=""
          srcDoc={document}
          referrerPolicy="no-referrer"
          className="block size-full bg-white"
        />
      </div>
    </figure>
  );
}
