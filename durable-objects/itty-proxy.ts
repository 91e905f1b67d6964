type ProxyDurable = typeof import("itty-durable/proxy-durable.js").proxyDurable;

let loaded: ProxyDurable | undefined;

/**
 * What speaks to the objects of itty-durable. Loaded when it is first needed, since plain Node, which writes openapi.json from
 * the routes, can't load the package. It makes proxies that have every property they are asked for, also `then`: none may
 * ever be what a promise resolves to.
 */
export async function ittyProxy(): Promise<ProxyDurable> {
  loaded ??= (await import("itty-durable/proxy-durable.js")).proxyDurable;
  return loaded;
}
