import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { PLACES } from "./places.ts";

/** So long after `g` its second key counts. */
const SEQUENCE_MS = 1_200;

/** The keys that work on every screen: `g` and a letter, `/`, Ctrl K, `?`. */
export function useShortcuts(open: (overlay: "palette" | "help") => void): void {
  const navigate = useNavigate();
  const pressedG = useRef(Number.NEGATIVE_INFINITY);
  useHotkeys("mod+k", () => open("palette"), { preventDefault: true, enableOnFormTags: true });
  useHotkeys("?", () => open("help"), { useKey: true, preventDefault: true });
  useHotkeys("/", focusSearch, { useKey: true });
  useHotkeys("*", ({ key, timeStamp, metaKey, ctrlKey, altKey }) => {
    if (metaKey || ctrlKey || altKey) return;
    if (key === "g") {
      pressedG.current = timeStamp;
      return;
    }
    if (timeStamp - pressedG.current > SEQUENCE_MS) return;
    pressedG.current = Number.NEGATIVE_INFINITY;
    const place = PLACES.flat().find((one) => one.key === key);
    if (place !== undefined) void navigate({ to: place.to });
  });
}

function focusSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLInputElement>("input[data-search]");
  if (search === null) return;
  event.preventDefault();
  search.focus();
}
