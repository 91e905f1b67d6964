import { z } from "zod";
import { PlainError } from "../plain-error.ts";

/** The HTTP API with one key, as any customer would call it. */
export interface Api {
  /** Throws PlainError with the API's own sentence for anything but a 2xx. */
  get<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.infer<Shape>>;
  post<Shape extends z.ZodType>(path: string, body: unknown, shape: Shape): Promise<z.infer<Shape>>;
  /** Every row of a list, page by page. */
  all<Shape extends z.ZodType>(path: string, row: Shape, limit: number): Promise<z.infer<Shape>[]>;
  /** Only the status, whatever it is. */
  status(path: string): Promise<number>;
}

/** The API at `url` for whoever holds `key`. */
export function openApi(url: string, key: string): Api {
  const call = async (method: string, path: string, body?: unknown) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const get: Api["get"] = async (path, shape) => read(await call("GET", path), `GET ${path}`, shape);
  return {
    get,
    post: async (path, body, shape) => read(await call("POST", path, body), `POST ${path}`, shape),
    async all(path, row, limit) {
      const page = z.object({ data: z.array(row), nextCursor: z.string().nullable() });
      const rows: z.infer<typeof row>[] = [];
      let cursor: string | null = null;
      do {
        const query: URLSearchParams = new URLSearchParams({
          limit: String(limit),
          ...(cursor === null ? {} : { cursor }),
        });
        const found: z.infer<typeof page> = await get(`${path}${path.includes("?") ? "&" : "?"}${query}`, page);
        rows.push(...found.data);
        cursor = found.nextCursor;
      } while (cursor !== null);
      return rows;
    },
    async status(path) {
      const response = await call("GET", path);
      await response.body?.cancel();
      return response.status;
    },
  };
}

async function read<Shape extends z.ZodType>(response: Response, what: string, shape: Shape): Promise<z.infer<Shape>> {
  const text = await response.text();
  if (!response.ok) throw new PlainError(`${what} answered ${response.status}: ${text}`);
  return shape.parse(JSON.parse(text));
}
