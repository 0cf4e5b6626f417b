// The button that opens a JSON file, on every page that has one.
(function (root) {
  "use strict";

  const input = (id) => document.querySelector(`#${id} input`);

  function name(id) {
    input(id).setAttribute("aria-label", "Open an experiment from a JSON file");
  }

  // So that the same file can be opened again once it was mended.
  function forget(id) {
    if (input(id)) input(id).value = "";
  }

  root.fallLine = Object.assign(root.fallLine || {}, { openFile: { name, forget } });
})(window);
