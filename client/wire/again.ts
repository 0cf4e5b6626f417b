// A server, or whatever stands before it, may close an idle connection at the moment at which a question sets out on it.

/** Asks as `fetch` does; once more where the connection ended before an answer came. For what may be asked twice. */
export async function fetchAgain(address: string, asked: RequestInit): Promise<Response> {
  try {
    return await fetch(address, asked);
  } catch (problem) {
    if (asked.signal?.aborted) throw problem;
    return fetch(address, asked);
  }
}
