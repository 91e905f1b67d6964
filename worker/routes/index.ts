import type { Api } from "../api.ts";
import { health } from "./system/health.ts";

/** Every route, in the order of the documentation. */
export function registerRoutes(app: Api): void {
  for (const register of ROUTES) register(app);
}

const ROUTES: readonly ((app: Api) => void)[] = [health];
