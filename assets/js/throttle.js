// Calls that come too often, made rarer.
(function (root) {
  "use strict";

  // At most once every `pause` ms; a call that came before the action ran is answered by it.
  function throttled(action, pause) {
    let timer = null;
    return () => {
      if (timer !== null) return;
      timer = setTimeout(() => {
        timer = null;
        action();
      }, pause);
    };
  }

  // Once, `pause` ms after the last call, with what that was given.
  function afterRest(action, pause) {
    let timer = null;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(() => action(...given), pause);
    };
  }

  root.fallLine = Object.assign(root.fallLine || {}, { throttled, afterRest });
  if (typeof module !== "undefined") module.exports = { throttled, afterRest };
})(typeof window === "undefined" ? globalThis : window);
