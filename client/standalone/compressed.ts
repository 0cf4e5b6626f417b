// What stands compressed in the document: a file isn't compressed on its way.

import { bytes } from "../wire/base64.ts";

/** What `compressed` of fall_line/exports/_standalone/document.py was given. */
export async function decompressed(base64: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
