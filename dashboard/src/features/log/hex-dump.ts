/** So many bytes are shown. */
export const HEX_BYTES = 4_096;
const ROW_BYTES = 16;

/** The bytes of base64; none where it is broken. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** Bytes as rows of 16: where they are, what they are, and what ASCII makes of them. */
export function hexDump(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, HEX_BYTES);
  return Array.from({ length: Math.ceil(shown.length / ROW_BYTES) }, (_, row) => {
    const part = [...shown.subarray(row * ROW_BYTES, (row + 1) * ROW_BYTES)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    return `${(row * ROW_BYTES).toString(16).padStart(4, "0")}  ${hex.padEnd(ROW_BYTES * 3 - 1)}  ${text}`;
  }).join("\n");
}
