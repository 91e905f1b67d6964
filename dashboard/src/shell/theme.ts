import { readStored, writeStored } from "../api/stored.ts";

/** Light, dark, or as the system has it. */
export type Theme = "system" | "light" | "dark";

/** The theme that was chosen in this browser. */
export function currentTheme(): Theme {
  const stored = readStored("theme");
  return stored === "light" || stored === "dark" ? stored : "system";
}

/** Shows the page in a theme; without one in the one chosen. */
export function applyTheme(theme: Theme = currentTheme()): void {
  writeStored("theme", theme);
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
