import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface MenuProps {
  /** What opens it; a button. */
  readonly trigger: ReactNode;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}

/** A list of things to do that opens from a button; arrows and letters move in it. */
export function Menu({ trigger, align = "end", children }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-48 rounded-xl border border-line bg-card p-1 text-sm shadow-xl"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps {
  readonly onSelect: () => void;
  readonly isDangerous?: boolean;
  readonly isChosen?: boolean;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

/** One thing to do; `isChosen` marks the one of several that holds. */
export function MenuItem({ onSelect, isDangerous = false, isChosen, isDisabled = false, children }: MenuItemProps) {
  return (
    <Radix.Item
      onSelect={onSelect}
      disabled={isDisabled}
      {...(isChosen === undefined ? {} : { role: "menuitemradio", "aria-checked": isChosen })}
      className={`flex items-center gap-2 rounded-lg px-2.5 py-1.5 outline-none data-disabled:opacity-50 data-highlighted:bg-raised ${isDangerous ? "text-bad" : ""}`}
    >
      <span className="flex-1">{children}</span>
      {isChosen ? <span aria-hidden>✓</span> : null}
    </Radix.Item>
  );
}

/** A heading over some of the things. */
export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="px-2.5 pt-2 pb-1 text-xs text-quiet">{children}</Radix.Label>;
}

/** A line between things of different kinds. */
export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
