import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The Worker of `npm start`, for work on the screens: `npx vite dashboard` serves them and hands it what is its. */
const WORKER = process.env["DRAFTHOOK_URL"] ?? "http://127.0.0.1:8787";
const ITS_PATHS = [
  "/v1",
  "/auth",
  "/sign-in",
  "/invitation",
  "/docs",
  "/openapi.json",
  "/health",
  "/people.js",
  "/people.css",
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwind()],
  server: { proxy: Object.fromEntries(ITS_PATHS.map((path) => [path, WORKER])) },
  build: { target: "es2023", sourcemap: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 800 },
});
