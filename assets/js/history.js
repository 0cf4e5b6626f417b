// The address bar holds the experiment. A change of another kind than the one before is a new entry of the history,
// so that Back takes back one decision and not one pixel of a drag.
(function (root) {
  "use strict";

  function createHistory({ onReturn, address = root.location, record = root.history }) {
    let last = null;

    // The first experiment of a page only joins the address that led to it.
    function commit(query, experiment, why) {
      const first = last === null;
      const target = first ? address.pathname + address.search : `${address.pathname}?${query}`;
      if (!first && target === address.pathname + address.search) return;
      const state = { ...(record.state || {}), experiment };
      if (first || why === last) record.replaceState(state, "", target);
      else record.pushState(state, "", target);
      last = why;
    }

    // Runs before Dash's own listener: going back within this page must not build the page anew.
    root.addEventListener(
      "popstate",
      (event) => {
        if (!event.state || !event.state.experiment) return;
        event.stopImmediatePropagation();
        last = "return";
        onReturn(event.state.experiment);
      },
      true,
    );

    return { commit };
  }

  root.fallLine = Object.assign(root.fallLine || {}, { createHistory });
  if (typeof module !== "undefined") module.exports = { createHistory };
})(typeof window === "undefined" ? globalThis : window);
