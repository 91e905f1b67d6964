import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** What a colour says; never said by the colour alone. */
export type Tone = "good" | "bad" | "warn" | "info" | "plain";

const LOOKS: Readonly<Record<Tone, string>> = {
  good: "bg-good-soft text-good",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
  info: "bg-info-soft text-info",
  plain: "bg-raised text-quiet",
};

/** A short word about a state. */
export function Badge({ tone = "plain", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1 rounded-md px-1.5 py-0.5 text-xs font-medium whitespace-nowrap",
        LOOKS[tone],
      )}
    >
      {children}
    </span>
  );
}
