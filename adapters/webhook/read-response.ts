/** What could be read of a response's body. `ended` says why it is no more than that. */
export interface ReadBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ended:
    | { readonly kind: "whole" }
    | { readonly kind: "too_large" }
    /** The line broke, or the deadline came: what had come by then is there. */
    | { readonly kind: "broken"; readonly error: unknown };
}

/** Reads a body up to `bytesMax`; at most that and one chunk are ever held, the rest is not read. Never throws. */
export async function readBody(response: Response, bytesMax: number): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  const ended = await collect(response, bytesMax, chunks);
  return { bytes: join(chunks, bytesMax), ended };
}

async function collect(response: Response, bytesMax: number, chunks: Uint8Array[]): Promise<ReadBody["ended"]> {
  if (response.body === null) return { kind: "whole" };
  try {
    const reader = response.body.getReader();
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { kind: "whole" };
      chunks.push(value);
      size += value.byteLength;
      if (size <= bytesMax) continue;
      await reader.cancel();
      return { kind: "too_large" };
    }
  } catch (error) {
    return { kind: "broken", error };
  }
}

function join(chunks: readonly Uint8Array[], bytesMax: number): Uint8Array<ArrayBuffer> {
  const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const bytes = new Uint8Array(Math.min(size, bytesMax));
  let offset = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, bytes.length - offset);
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
