// Light or dark: as the system has it, until the reader chooses.
(function (root) {
  "use strict";

  const KEY = "fall-line-theme";
  const system = root.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return root.localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function current() {
    return chosen() || (system.matches ? "dark" : "light");
  }

  function apply() {
    document.documentElement.setAttribute("data-mantine-color-scheme", current());
  }

  function toggle() {
    const next = current() === "dark" ? "light" : "dark";
    try {
      root.localStorage.setItem(KEY, next);
    } catch {
      // Without storage the choice holds until the page is left.
    }
    apply();
    return next;
  }

  apply();
  root.fallLine = Object.assign(root.fallLine || {}, {
    theme: { current, toggle, apply, onSystemChange: (tell) => system.addEventListener("change", tell) },
  });
})(window);
