import { SCOPES, type Scope } from "../../../core/scope.ts";
import { app } from "../../../worker/app.ts";
import { describeApi } from "../../../worker/openapi/document.ts";

/** A route as the OpenAPI document tells it. */
export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  /** Null for a route that needs no key. */
  readonly scope: Scope | null;
  readonly takesBody: boolean;
}

interface Described {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: object;
}

/** Every route of the document: what is not in it doesn't start (test/worker/auth/access.test.ts). */
export const OPERATIONS: readonly Operation[] = Object.entries(describeApi(app).paths ?? {}).flatMap(
  ([path, methods]) =>
    Object.entries(methods as Readonly<Record<string, Described>>).map(([method, described]) => ({
      operationId: described.operationId,
      method: method.toUpperCase(),
      path,
      scope: SCOPES.find((scope) => described.security?.[0]?.["bearer"]?.includes(scope)) ?? null,
      takesBody: described.requestBody !== undefined,
    })),
);
