// The address bar holds the experiment. A change of another kind than the one before is a new entry of the history,
// so that Back takes back one decision and not one pixel of a drag.
(function (root) {
  "use strict";

  let listener = null;

  // Listens before Dash does, which would build the page anew: within this page going back is only another experiment.
  if (root.addEventListener) {
    root.addEventListener("popstate", (event) => {
      if (listener !== null && listener(event.state)) event.stopImmediatePropagation();
    });
  }

  // isHere says whether the page that called this still stands; onReturn gets the experiment that was gone back to.
  function createHistory({ isHere, onReturn, address = root.location, record = root.history }) {
    const home = address.pathname;
    let last = null;
    let written = null; // the query as it was given; the address may spell it in another way

    // The first experiment of a page only joins the address that led to it.
    function commit(query, experiment, why, published) {
      const first = last === null && why === "open";
      const target = first ? address.pathname + address.search : `${address.pathname}?${query}`;
      if (!first && (query === written || target === address.pathname + address.search)) return;
      written = query;
      const state = { ...(record.state || {}), experiment, published };
      if (first || why === last) record.replaceState(state, "", target);
      else record.pushState(state, "", target);
      last = why;
    }

    function returned(state) {
      if (!isHere() || address.pathname !== home || !state || !state.experiment) return false;
      last = "return";
      written = null;
      onReturn(state.experiment, state.published);
      return true;
    }

    listener = returned;
    return { commit, returned };
  }

  root.fallLine = Object.assign(root.fallLine || {}, { createHistory });
  if (typeof module !== "undefined") module.exports = { createHistory };
})(typeof window === "undefined" ? globalThis : window);
