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

  // Hands over the bytes of an answer as they come, and says how it ended: `whole`, `refused` for now, `unusable`, or
  // `broken` off.
  async function askPieces(address, question, signal, onBytes) {
    const headers = { "Content-Type": "application/json" };
    try {
      const response = await fetch(address, { method: "POST", headers, signal, body: JSON.stringify(question) });
      if (!response.ok) return "broken";
      if (response.headers.get("Content-Type").includes("json")) {
        return (await response.json()).refused ? "refused" : "unusable";
      }
      const reader = response.body.getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) onBytes(piece.value);
      return "whole";
    } catch {
      return "broken";
    }
  }

  root.fallLine = Object.assign(root.fallLine || {}, { ask, askPieces });
})(window);
