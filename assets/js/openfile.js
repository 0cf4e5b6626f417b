// The button that opens a JSON file, on every page that has one.
(function (root) {
  "use strict";

  const input = (id) => document.querySelector(`#${id} input`);

  // The page may start before the button is there: its part of Dash is fetched by itself.
  function name(id, patience = 100) {
    if (input(id)) input(id).setAttribute("aria-label", "Open an experiment from a JSON file");
    else if (patience > 0) setTimeout(() => name(id, patience - 1), 100);
  }

  // So that the same file can be opened again once it was mended.
  function forget(id) {
    if (input(id)) input(id).value = "";
  }

  root.fallLine = Object.assign(root.fallLine || {}, { openFile: { name, forget } });
})(window);
