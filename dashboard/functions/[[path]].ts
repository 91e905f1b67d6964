interface Context {
  readonly request: Request;
  readonly env: { readonly ENGINE: { fetch(request: Request): Promise<Response> } };
}

/** Hands a request on to the Worker as it came. Only the paths of public/_routes.json get here; the rest are files. */
export const onRequest = ({ request, env }: Context): Promise<Response> => env.ENGINE.fetch(request);
