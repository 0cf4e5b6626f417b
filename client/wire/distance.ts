// How far the server is. To a reader who is far it sends large answers compressed; near, that would only take time.

const FAR = 25; // ms from a question to the first byte of its answer

/** What the server is told of the distance. */
export function distance(): Record<string, string> {
  return { "Fall-Line-Distance": isFar() ? "far" : "near" };
}

// The quickest of the files that have come is the best measure: they wait for nothing but the way. What came from the
// browser's own store says nothing of it.
function isFar(): boolean {
  const files = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const waits = files.filter((file) => file.transferSize > 0).map((file) => file.responseStart - file.requestStart);
  return waits.length > 0 && Math.min(...waits) > FAR;
}
