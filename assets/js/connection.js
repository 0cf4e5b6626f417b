// Notices when answers stay away, says so, and tells when the server is back.
(function (root) {
  "use strict";

  const EVERY = 700; // ms between looks
  const BUSY = 600; // ms after which a reader wants to know that something is being done

  function createConnection({ waiting, onBusy, onLost, onBack, health = "health" }) {
    let lost = false;

    async function alive() {
      try {
        const answer = await fetch(health, { cache: "no-store", signal: AbortSignal.timeout(2 * EVERY) });
        return answer.ok;
      } catch {
        return false;
      }
    }

    function lose() {
      if (lost) return;
      lost = true;
      onLost();
    }

    async function check() {
      onBusy(!lost && waiting() > BUSY);
      if (!lost || !(await alive())) return;
      lost = false;
      onBack();
    }

    setInterval(check, EVERY);
    return { lose };
  }

  root.fallLine = Object.assign(root.fallLine || {}, { createConnection });
})(window);
