// Asks the server what Dash's callbacks are too slow for.
(function (root) {
  "use strict";

  const PATIENCE = 60_000; // ms for one answer; many methods on a new surface take some seconds to prepare
  const UNREACHABLE = [502, 503, 504];

  // The answer to `question`, {problem} with one sentence if there is none, or null if the server can't be reached.
  async function ask(address, question) {
    const headers = { "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      const response = await fetch(address, { method: "POST", headers, signal, body: JSON.stringify(question) });
      if (response.ok) return await response.json();
      if (UNREACHABLE.includes(response.status)) return null;
      return { problem: `The server failed at this (status ${response.status}); what you see is from before.` };
    } catch {
      return null;
    }
  }

  root.fallLine = Object.assign(root.fallLine || {}, { ask });
})(window);
