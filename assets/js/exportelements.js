// Makes elements of the document.
(function (root) {
  "use strict";

  // make("label", {className: "row", "data-x": 1}, ["text", child]) — names with a hyphen become attributes.
  function make(tag, settings = {}, children = []) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(settings)) {
      if (name.includes("-") || name === "role" || name === "for") made.setAttribute(name, value);
      else made[name] = value;
    }
    made.append(...[children].flat());
    return made;
  }

  function icon(name) {
    return make("span", { className: `icon icon-${name}`, "aria-hidden": "true" });
  }

  // Writes only what is new, so that a screen reader isn't told the same again.
  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
    element.hidden = text === "";
  }

  // Shows or hides `element`; the focus that was on a hidden one goes to `next`.
  function show(element, shown, next) {
    const focused = element === document.activeElement;
    element.hidden = !shown;
    if (!shown && focused && next) next.focus();
  }

  // How far something is, from 0 to 1.
  function bar(label) {
    const filled = make("span", { className: "export-filled" });
    const node = make("div", { className: "export-bar", role: "progressbar", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 100 }, filled);
    const set = (share) => {
      filled.style.width = `${100 * share}%`;
      node.setAttribute("aria-valuenow", Math.round(100 * share));
    };
    set(0);
    return { node, set };
  }

  root.fallLine = Object.assign(root.fallLine || {}, { exportElements: { make, icon, write, show, bar } });
})(window);
