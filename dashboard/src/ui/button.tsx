import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

/** How much a button asks for attention: one `primary` on a screen at most. */
export type Weight = "primary" | "normal" | "quiet" | "danger";

const LOOKS: Readonly<Record<Weight, string>> = {
  primary: "bg-accent text-on-accent border-transparent hover:opacity-90",
  normal: "bg-card text-ink border-line hover:bg-raised",
  quiet: "bg-transparent text-ink border-transparent hover:bg-raised",
  danger: "bg-card text-bad border-line hover:bg-bad-soft",
};

interface ButtonProps extends ComponentProps<"button"> {
  readonly weight?: Weight;
  readonly isBusy?: boolean;
  readonly isSmall?: boolean;
}

/** A button; `isBusy` keeps its width, says so and takes no second press. */
export function Button({
  weight = "normal",
  isBusy = false,
  isSmall = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      className={classNames(buttonLook(weight, isSmall), className)}
    >
      {isBusy ? <LoaderCircle className="size-4 animate-spin" aria-hidden /> : null}
      {children}
    </button>
  );
}

/** The same look for what is a link. */
export function buttonLook(weight: Weight = "normal", isSmall = false): string {
  return classNames(
    "inline-flex items-center justify-center gap-1.5 rounded-lg border font-medium whitespace-nowrap transition-colors disabled:opacity-55",
    isSmall ? "h-7 px-2.5 text-[13px]" : "h-9 px-3.5 text-sm",
    LOOKS[weight],
  );
}
