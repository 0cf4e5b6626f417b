// Numbers that come as text.

/** The bytes in base64. */
export function bytes(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const found = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) found[k] = text.charCodeAt(k);
  return found;
}

/** The float32 numbers in base64. */
export const floats = (base64: string): Float32Array => new Float32Array(bytes(base64).buffer);
