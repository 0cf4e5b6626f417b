// Numbers that come as text.

/** The bytes in base64. */
export function bytes(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const found = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) found[k] = text.charCodeAt(k);
  return found;
}

/** Numbers as wide as they need: float32, or float64 where those would be infinite. */
export type Reals = Float32Array | Float64Array;

/** The `count` numbers in base64, float32 or float64: their bytes tell. */
export function reals(base64: string, count: number): Reals {
  const found = bytes(base64);
  return found.length === 8 * count ? new Float64Array(found.buffer) : new Float32Array(found.buffer);
}

/** The float32 numbers in base64. */
export const floats = (base64: string): Float32Array => new Float32Array(bytes(base64).buffer);

/** The float64 numbers in base64. */
export const doubles = (base64: string): Float64Array => new Float64Array(bytes(base64).buffer);
