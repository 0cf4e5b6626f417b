// Notices when answers stay away, says so, and tells when the server is back.
(function (root) {
  "use strict";

  const PATIENCE = 1500;

  function createConnection({ waiting, onLost, onBack, health = "/health" }) {
    let lost = false;

    async function alive() {
      try {
        const answer = await fetch(health, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
        return answer.ok;
      } catch {
        return false;
      }
    }

    // A busy server answers the health check: then the answer will come. A server that was started anew answers too,
    // but has forgotten the question: after a long wait it is asked again.
    async function check() {
      const waited = waiting();
      if (!lost && waited < PATIENCE) return;
      const up = await alive();
      if (!up && !lost) onLost();
      if (up && (lost || waited > 15 * PATIENCE)) onBack();
      lost = !up;
    }

    setInterval(check, 700);
    return { check };
  }

  root.fallLine = Object.assign(root.fallLine || {}, { createConnection });
})(window);
