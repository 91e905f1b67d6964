import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** Parts of one thing, each at an address of its own. */
export function TabLinks({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav aria-label={label} className="mb-5 flex gap-1 overflow-x-auto border-b border-line">
      {children}
    </nav>
  );
}

/** One of the parts; `count` beside its name. */
export function TabLink({
  children,
  count,
  ...link
}: LinkProps & { readonly children: ReactNode; readonly count?: number | undefined }) {
  return (
    <Link
      {...link}
      activeOptions={{ exact: true, includeSearch: false, ...link.activeOptions }}
      className="-mb-px border-b-2 border-transparent px-3 py-2 text-sm whitespace-nowrap text-quiet hover:text-ink data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-ink"
    >
      {children}
      {count === undefined ? null : <span className="ml-1.5 text-xs text-quiet">{count}</span>}
    </Link>
  );
}
