import { type ReactNode, useId } from "react";

/** Fields that belong together. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be a grid with its legend above in every browser
    <div role="group" aria-labelledby={id} className="rounded-lg border border-line p-3">
      <h3 id={id} className="mb-3 text-sm font-semibold">
        {title}
      </h3>
      <div className="grid gap-4 sm:grid-cols-2">{children}</div>
    </div>
  );
}
