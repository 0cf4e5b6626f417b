// Latest wins: a few requests on their way, the newest wish kept, everything between dropped, older answers ignored.
(function (root) {
  "use strict";

  // send(lane, sequence, payload) puts a request on its way; lanes are 0 … lanes - 1 and carry one request each.
  // A second lane opens only when answers take long, so that a near server is asked once at a time.
  function createGate({ send, lanes = 1, now = () => performance.now() }) {
    const underway = new Map(); // lane -> {sequence, since}
    let pending = null;
    let sequence = 0;
    let newest = 0;
    let roundTrip = 0;

    function openLanes() {
      return Math.max(1, Math.min(lanes, Math.ceil(roundTrip / 16)));
    }

    function freeLane() {
      for (let lane = 0; lane < openLanes(); lane++) if (!underway.has(lane)) return lane;
      return -1;
    }

    function dispatch(lane, payload) {
      sequence += 1;
      underway.set(lane, { sequence, since: now() });
      send(lane, sequence, payload);
    }

    function request(payload) {
      const lane = freeLane();
      if (lane < 0) pending = { payload };
      else dispatch(lane, payload);
    }

    // Says whether the answer is news: false for one that a newer answer has overtaken.
    function settle(lane, answered) {
      const entry = underway.get(lane);
      if (entry && entry.sequence === answered) {
        underway.delete(lane);
        const took = now() - entry.since;
        roundTrip = roundTrip === 0 ? took : 0.8 * roundTrip + 0.2 * took;
      }
      const news = answered > newest;
      newest = Math.max(newest, answered);
      if (pending !== null && freeLane() >= 0) {
        const { payload } = pending;
        pending = null;
        dispatch(freeLane(), payload);
      }
      return news;
    }

    // What is under way or waits is old already: something newer was drawn without asking.
    function overtake() {
      pending = null;
      newest = sequence;
    }

    // Forgets what is under way, so that an answer that never comes doesn't block the gate for ever.
    function reset() {
      underway.clear();
      pending = null;
    }

    function waiting() {
      if (underway.size === 0) return 0;
      return now() - Math.min(...[...underway.values()].map((entry) => entry.since));
    }

    return { request, settle, overtake, reset, waiting, idle: () => underway.size === 0 && pending === null };
  }

  root.fallLine = Object.assign(root.fallLine || {}, { createGate });
  if (typeof module !== "undefined") module.exports = { createGate };
})(typeof window === "undefined" ? globalThis : window);
