import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { IMPORT_BYTES_MAX } from "../core/contract/import.ts";
import type { ApiEnv } from "./api.ts";
import { problem } from "./problem.ts";

export const REQUEST_BYTES_MAX = 1024 * 1024;

const IMPORT_PATH = "/v1/tenant/import";

const limitAny = bodyLimit({
  maxSize: REQUEST_BYTES_MAX,
  onError: (c) => problem(c, "payload_too_large", "A request's body may have 1 MiB."),
});
const limitImport = bodyLimit({
  maxSize: IMPORT_BYTES_MAX,
  onError: (c) => problem(c, "payload_too_large", "An import's body may have 8 MiB; send fewer lines at once."),
});

/** No body over 1 MiB is read, whatever its content-length says; only an import's may have 8. */
export const limitBody: MiddlewareHandler<ApiEnv> = (c, next) =>
  c.req.path === IMPORT_PATH ? limitImport(c, next) : limitAny(c, next);
