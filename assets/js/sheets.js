// The few sheets that a page keeps: each is fetched once, what is no longer wanted is called off, the oldest go first.
(function (root) {
  "use strict";

  const MOST = 8; // sheets
  const MOST_BYTES = 32e6; // of all sheets, unpacked
  const MOST_STOPS = 600; // of one sheet; the arrow keys add stops of their own

  // fetchSheet(question, signal, onBytes) asks, hands over what comes as it comes, and says at the end whether that is
  // all there will be.
  function createSheets({ fetchSheet }) {
    const kept = new Map(); // key -> sheet, the one used last at the end
    let underway = null; // {key, entry, values, stop}

    function find(key) {
      const found = kept.get(key);
      if (!found) return null;
      kept.delete(key);
      kept.set(key, found);
      return found;
    }

    // Asks for those of `values` that are not there; `question(values)` is what the server is asked.
    function want(key, values, question) {
      const lacks = (entry) => values.filter((value) => !(entry && entry.asked.has(value)));
      if (lacks(find(key)).length === 0) return;
      stop();
      const found = find(key);
      const entry = found && found.asked.size + lacks(found).length <= MOST_STOPS ? found : anew(key);
      const missing = lacks(entry);
      missing.forEach((value) => entry.asked.add(value));
      fetchInto(key, entry, missing, question);
    }

    function anew(key) {
      const entry = { header: null, blocks: new Map(), asked: new Set(), bytes: 0 };
      kept.delete(key);
      kept.set(key, entry);
      trim();
      return entry;
    }

    // What didn't come may be asked for again.
    function giveUp({ key, entry, values }) {
      values.forEach((value) => entry.blocks.has(value) || entry.asked.delete(value));
      if (entry.blocks.size === 0 && kept.get(key) === entry) kept.delete(key);
    }

    async function fetchInto(key, entry, values, question) {
      const sheet = root.fallLine.sheet.createSheet(values);
      const mine = { key, entry, values, stop: new AbortController() };
      underway = mine;
      const came = await fetchSheet(question(values), mine.stop.signal, (bytes) => {
        sheet.take(bytes);
        if (sheet.header !== null && sheet.header.floor !== entry.header?.floor) begin(entry, sheet.header, values);
        for (const [value, block] of sheet.blocks) entry.blocks.set(value, block);
        sheet.blocks.clear();
        entry.bytes += bytes.length;
        trim();
      });
      if (underway !== mine) return;
      underway = null;
      // What came is what there is, though it be less than was asked for.
      if (!came) giveUp(mine);
    }

    // Heights over another floor can't stand beside those that came before: it was searched for and found meanwhile.
    function begin(entry, header, values) {
      entry.header = header;
      entry.blocks.clear();
      entry.asked = new Set(values);
    }

    function trim() {
      const size = () => [...kept.values()].reduce((sum, one) => sum + one.bytes, 0);
      for (const key of [...kept.keys()]) {
        if (kept.size > MOST || size() > MOST_BYTES) kept.delete(key);
      }
    }

    function stop() {
      if (underway === null) return;
      const old = underway;
      underway = null;
      giveUp(old);
      old.stop.abort();
    }

    function forget() {
      stop();
      kept.clear();
    }

    const facts = () => ({ sheets: kept.size, bytes: [...kept.values()].reduce((sum, one) => sum + one.bytes, 0) });
    return { find, want, stop, forget, facts, busy: () => underway !== null };
  }

  root.fallLine = Object.assign(root.fallLine || {}, { createSheets });
  if (typeof module !== "undefined") module.exports = { createSheets };
})(typeof window === "undefined" ? globalThis : window);
