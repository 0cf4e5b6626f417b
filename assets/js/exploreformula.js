// The surface that a reader types on the Explore page: what of the experiment it keeps, and its minima.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { page, parts, props, change, tell, contourRequest } = fallLine.explore;
  const { PREFIX, picked } = fallLine.typedFormula;
  const AGAIN = 400; // ms before an answer is asked for once more whose minima are still searched for

  const typed = (experiment) => experiment.surface.startsWith(PREFIX);

  const { described, begin, leave, sync } = fallLine.createFormulaField({
    id: "formula",
    picker: "surface-choice",
    address: "explore/surface",
    name: "surface",
    current: () => page.experiment.surface,
    keep: (surface) => (page.catalogue.surfaces[surface.key] = surface),
    take,
    props,
    tell,
  });

  // Whether the page knows the surface `key`, or can ask for it.
  async function known(key) {
    if (key in page.catalogue.surfaces || !key.startsWith(PREFIX)) return true;
    return (await described(key)) !== null;
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

  // Made at first use: the scripts are read in the order of their names.
  const once = (make) => {
    let made = null;
    return (...given) => (made ??= make())(...given);
  };

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

  Object.assign(fallLine.explore, { formula: { PREFIX, picked, known, begin, leave, sync, follow, panelOf } });
})(window);
