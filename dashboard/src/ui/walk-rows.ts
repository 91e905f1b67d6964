import { useHotkeys } from "react-hotkeys-hook";

const STEPS: Readonly<Record<string, 1 | -1>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** j and k go to the next and the last row's link, wherever one is on the screen; the arrows do so within the list. */
export function useWalkRows(table: { readonly current: HTMLElement | null }): void {
  useHotkeys("*", (event) => {
    const step = STEPS[event.key];
    if (step === undefined || table.current === null || event.metaKey || event.ctrlKey || event.altKey) return;
    if (document.querySelector("[role=dialog], [role=menu]") !== null) return;
    const isWithin = table.current.contains(document.activeElement);
    // Elsewhere the arrows scroll, and of several lists the first one is walked.
    if (!isWithin && (event.key.startsWith("Arrow") || document.querySelector("[data-walked]") !== table.current))
      return;
    const links = [...table.current.querySelectorAll('[role="row"]')].flatMap(
      (row) => row.querySelector<HTMLElement>("a") ?? [],
    );
    const at = links.findIndex((one) => one.matches(":focus"));
    const next = at === -1 ? links[0] : links[at + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
}
