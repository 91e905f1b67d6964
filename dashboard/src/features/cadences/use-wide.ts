import { useSyncExternalStore } from "react";

const WIDE = "(min-width: 1024px)";

/** Whether there is room for two things beside each other. */
export function useWide(): boolean {
  return useSyncExternalStore(listen, () => matchMedia(WIDE).matches);
}

function listen(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
