// The surface that a reader types on the Explore page: described by the server while it is typed, drawn once it can be.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { page, parts, props, change, tell, contourRequest } = fallLine.explore;
  const PREFIX = "formula:";
  const REST = 150; // ms without a key before the formula is looked at
  const AGAIN = 400; // ms before an answer is asked for once more whose minima are still searched for
  const field = () => document.getElementById("formula-text");

  let newest = 0; // counts what was typed, so that a late answer to an older text is dropped

  const picked = (surface) => (surface.startsWith(PREFIX) ? PREFIX : surface);
  const typed = (experiment) => experiment.surface.startsWith(PREFIX);

  // Whether the page knows the surface `key`, or can ask for it.
  async function known(key) {
    if (key in page.catalogue.surfaces || !key.startsWith(PREFIX)) return true;
    return (await described(key)) !== null;
  }

  // What the server says of the surface `key`; null, with a sentence under the field, if it can't be used.
  async function described(key) {
    const mine = (newest += 1);
    const answer = await fallLine.ask("explore/surface", { surface: key });
    if (mine !== newest) return null;
    refuse(answer === null ? "The server does not answer; what you see is from before." : answer.problem || "");
    if (answer === null || answer.problem) return null;
    page.catalogue.surfaces[answer.key] = answer;
    return answer;
  }

  function refuse(sentence) {
    tell("formula-problem", sentence);
    if (field()) field().setAttribute("aria-invalid", String(sentence !== ""));
  }

  function show(surface) {
    props("formula-preview", { children: surface.typeset });
    tell("formula-note", surface.note);
  }

  // The typed surface takes the place of the one before. What the reader chose on that and what still fits is kept.
  function take(surface) {
    const before = page.experiment;
    const old = page.catalogue.surfaces[before.surface];
    const sameBox = typed(before) && String(old.domain) === String(surface.domain);
    const names = Object.keys(surface.parameters);
    const parameters = Object.fromEntries(names.map((name) => [name, kept(before, name) ?? surface.parameters[name].default]));
    const start = sameBox ? before.start : surface.start;
    const next = { ...before, surface: surface.key, parameters, start, view: sameBox ? before.view : null };
    page.published = null;
    if (!sameBox) Object.assign(page, { shown: null, revision: page.revision + 1 });
    change(next, "formula", { contour: true, structure: panelOf(next) !== page.panel });
    props("published-choice", { value: null });
    fallLine.explore.writeStart(start);
  }

  const kept = (before, name) => (typed(before) ? before.parameters[name] : undefined);

  async function look(text) {
    const surface = await described(PREFIX + text);
    if (surface === null || surface.key === page.experiment.surface) return;
    show(surface);
    take(surface);
  }

  // Made at first use: the scripts are read in the order of their names.
  const once = (make) => {
    let made = null;
    return (...given) => (made ??= make())(...given);
  };

  const rest = once(() => fallLine.afterRest(look, REST));

  document.addEventListener("input", (event) => {
    if (event.target.id === "formula-text") rest(event.target.value);
  });

  // From the picker: the formula that stands in the field.
  function begin() {
    document.getElementById("formula").hidden = false;
    look(field().value);
    field().focus();
  }

  // Puts picker and field where the experiment says.
  function sync() {
    const { surface } = page.experiment;
    props("surface-choice", { value: picked(surface) });
    document.getElementById("formula").hidden = !surface.startsWith(PREFIX);
    refuse("");
    if (!surface.startsWith(PREFIX)) return;
    props("formula-text", { value: surface.slice(PREFIX.length) });
    known(surface).then(() => page.catalogue.surfaces[surface]?.typeset && show(page.catalogue.surfaces[surface]));
  }

  // Minima of a typed surface are searched for in the background; what depends on them is asked for once more.
  const again = once(() => fallLine.afterRest(askAgain, AGAIN));

  function askAgain() {
    if (fallLine.explore.mounted() && page.good === page.experiment) parts.gate.request(page.experiment);
  }

  let searching = false;
  function follow(answer) {
    const found = searching && answer.minima === "known";
    searching = answer.minima === "searching";
    if (searching) again();
    if (found) parts.contourGate.request(contourRequest());
  }

  // What the surface's numbers in the rail depend on: typed surfaces with the same names share them.
  function panelOf({ surface, parameters }) {
    return [picked(surface), ...Object.keys(parameters)].join();
  }

  Object.assign(fallLine.explore, { formula: { PREFIX, picked, known, begin, sync, follow, panelOf } });
})(window);
