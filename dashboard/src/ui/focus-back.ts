import { useRef } from "react";

/**
 * Whoever leaves a dialog goes on where they were: on what opened it, or where that is gone meanwhile at the beginning of the
 * screen. Radix knows it only of what it opened by a trigger of its own.
 */
export function useFocusBack(isOpen: boolean): () => void {
  const from = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  // While it is rendered, and not in an effect: by then the focus is within the dialog.
  if (isOpen && !wasOpen.current) from.current = document.activeElement;
  wasOpen.current = isOpen;
  return () => {
    const { current } = from;
    if (current instanceof HTMLElement && current.isConnected && current !== document.body) current.focus();
    else document.getElementById("screen")?.focus({ preventScroll: true });
  };
}
