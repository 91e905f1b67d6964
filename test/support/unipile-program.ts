import { startUnipileDouble } from "./unipile-double.ts";

/**
 * The double as a program of its own, for whoever may not import it: its order is JSON in the first argument, its port one
 * line of JSON on stdout, and it is ordered about by HTTP (unipile-control.ts). It ends with whoever started it.
 */
const double = await startUnipileDouble(JSON.parse(process.argv[2] ?? "{}"));
// Ctrl-C reaches every process of the terminal; whoever started this one answers it.
process.on("SIGINT", () => undefined);
process.stdin.on("end", () => process.exit(0)).resume();
console.log(JSON.stringify({ port: double.port }));
