// Asks the server about exports.
(function (root) {
  "use strict";

  const PATIENCE = 60_000; // ms for one answer
  const UNREACHABLE = [502, 503, 504];

  // The answer's data, {problem} with one sentence, or null if the server can't be reached. `gone` says that what was
  // asked for is not there; a file comes as {file, name}.
  async function request(address, { question, method = question === undefined ? "GET" : "POST" } = {}) {
    const sent = question === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(question) };
    try {
      const response = await fetch(address, { method, cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...sent });
      if (UNREACHABLE.includes(response.status)) return null;
      if (response.headers.has("Content-Disposition")) return { file: await response.blob(), name: nameOf(response) };
      if (response.status === 404) return { gone: true, problem: "This export is not there any more." };
      if (response.headers.get("Content-Type") === "application/json") return await response.json();
      return { problem: `The server failed at this (status ${response.status}).` };
    } catch {
      return null;
    }
  }

  function nameOf(response) {
    return /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition"))[1];
  }

  root.fallLine = Object.assign(root.fallLine || {}, { exportServer: { request } });
})(window);
