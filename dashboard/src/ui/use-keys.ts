import { useRef } from "react";
import { useHotkeys } from "react-hotkeys-hook";

/** After `g` the next key goes to a screen (shell/shortcuts.ts), and is no deed here. */
const SEQUENCE_MS = 1_200;

/** Single keys of a screen (`j`, `enter`); not while somebody types, nor as a part of another key. */
export function useKeys(deeds: Readonly<Record<string, (() => void) | undefined>>): void {
  const pressedG = useRef(Number.NEGATIVE_INFINITY);
  useHotkeys("*", (event) => {
    const { key, timeStamp, metaKey, ctrlKey, altKey, repeat } = event;
    if (metaKey || ctrlKey || altKey || document.querySelector("[role=dialog]") !== null) return;
    if (key === "g") {
      pressedG.current = timeStamp;
      return;
    }
    if (timeStamp - pressedG.current <= SEQUENCE_MS) return;
    const isStep = key === "j" || key === "k";
    if (repeat && !isStep) return;
    // On what can be pressed itself, Enter presses that.
    if (key === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary")) return;
    const deed = deeds[key.length > 1 ? key.toLowerCase() : key];
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  });
}
