import { bodyLimit } from "hono/body-limit";
import { problem } from "./problem.ts";

export const REQUEST_BYTES_MAX = 1024 * 1024;

/** No body over 1 MiB is read, whatever its content-length says. */
export const limitBody = bodyLimit({
  maxSize: REQUEST_BYTES_MAX,
  onError: (c) => problem(c, "payload_too_large", "A request's body may have 1 MiB."),
});
