import { ittyProxy } from "../../durable-objects/itty-proxy.ts";

// Loaded ahead: in the tests' runner a module on its way belongs to the request that asked first, and another one that waits
// for it is never answered. In the built Worker it is there from the start.
await ittyProxy();
