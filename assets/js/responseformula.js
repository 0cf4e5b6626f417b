// The signal that a reader types on the Response page.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { page, props, tell, change, tellSignal } = fallLine.response;

  // The typed signal takes the place of the one before; a drawing is kept for who returns to it.
  function take({ key }) {
    if (page.experiment.drawn) page.drawn = page.experiment.drawn;
    page.published = null;
    change({ ...page.experiment, signal: key, drawn: null }, "formula");
    props("response-published", { value: null });
    tellSignal();
  }

  fallLine.response.formula = fallLine.createFormulaField({
    id: "response-formula",
    picker: "response-signal",
    address: "response/signal",
    name: "signal",
    current: () => page.experiment.signal,
    take,
    props,
    tell,
  });
})(window);
