const api = document.getElementById("api");
const database = document.getElementById("database");
const version = document.getElementById("version");

/** Writes one line of the list; `mood` is "good", "bad" or "plain". */
function say(place, text, mood) {
  place.textContent = text;
  place.className = mood;
}

try {
  const response = await fetch("/health", { signal: AbortSignal.timeout(10_000) });
  const health = await response.json();
  say(api, "answers", "good");
  say(database, health.database ?? "unknown", health.ok ? "good" : "bad");
  say(version, health.version ?? "unknown", "plain");
} catch {
  say(api, "does not answer", "bad");
  say(database, "unknown", "plain");
  say(version, "unknown", "plain");
}
