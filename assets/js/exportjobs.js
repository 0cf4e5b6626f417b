// The last exports of this browser, kept over reloads; those that run are asked after until they are done.
(function (root) {
  "use strict";

  const KEPT = 6;
  const PAUSES = { drawing: 300, waiting: 1000 }; // ms between two looks
  const LONGEST = 8000; // between two looks for a server that does not answer

  const running = ({ kind }) => kind === "waiting" || kind === "drawing";

  // `store` has load() and save(entries); `request(address, {method})` answers with data, {gone} or null.
  function create({ store, request, onChange, onDone, later = setTimeout, now = Date.now }) {
    let misses = 0;
    let looking = false;

    const all = () => store.load();
    const find = (id) => all().find((entry) => entry.id === id);

    function add(entry) {
      store.save([{ when: now(), ...entry }, ...all()].slice(0, KEPT));
      onChange();
      watch();
    }

    // What is finished stays finished: an answer may come after a cancellation.
    function change(id, state) {
      const old = find(id);
      if (!old || !(running(old) || (old.kind === "done" && state.kind === "expired"))) return;
      store.save(all().map((entry) => (entry.id === id ? { ...entry, ...state } : entry)));
      onChange();
      if (state.kind === "done") onDone(find(id));
    }

    function take(id, answer) {
      if (answer === null) return false;
      if (!answer.gone) change(id, answer.kind ? answer : {});
      else change(id, running(find(id) || {}) ? { kind: "failed", problem: answer.problem } : { kind: "expired" });
      return true;
    }

    async function look() {
      const entries = all().filter(running);
      let heard = true;
      for (const { id } of entries) heard = take(id, await request(`export/jobs/${id}`)) && heard;
      const before = misses;
      misses = heard ? 0 : misses + 1;
      if ((before === 0) !== (misses === 0)) onChange();
    }

    function pause() {
      if (misses > 0) return Math.min(LONGEST, 500 * 2 ** misses);
      return all().some((entry) => entry.kind === "drawing") ? PAUSES.drawing : PAUSES.waiting;
    }

    function watch() {
      if (looking || !all().some(running)) return;
      looking = true;
      later(async () => {
        await look();
        looking = false;
        watch();
      }, pause());
    }

    async function cancel(id) {
      return take(id, await request(`export/jobs/${id}/cancel`, { method: "POST" }));
    }

    // Finished files are kept for a while only, and may be removed before.
    async function refresh() {
      for (const { id, kind, expires } of all()) {
        if (kind !== "done") continue;
        if (expires && 1000 * expires < now()) change(id, { kind: "expired" });
        else take(id, await request(`export/jobs/${id}`));
      }
      watch();
    }

    return { all, add, cancel, refresh, watch, lost: () => misses > 0 };
  }

  const exportJobs = { create, running };
  root.fallLine = Object.assign(root.fallLine || {}, { exportJobs });
  if (typeof module !== "undefined") module.exports = exportJobs;
})(typeof window === "undefined" ? globalThis : window);
