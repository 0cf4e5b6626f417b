// The numbers of the Explore page: those of the runs, and those of the surface, the start and the steps.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { page, props, surface, change } = fallLine.explore;

  const plain = {
    hyperOf: (owner, key) => (owner === "surface" ? surface().parameters[key] : page.catalogue.numbers[key]),
    valueOf: (owner, key) => (owner === "surface" ? page.experiment.parameters[key] : page.experiment[key]),
    setNumber(owner, key, value) {
      const why = `${owner} ${key}`;
      const contour = fallLine.explore.noise.movesSurface(key);
      const number = { owner, key };
      if (owner !== "surface") return change({ ...page.experiment, [key]: value }, why, { contour, number });
      return change(fallLine.edit.setParameter(page.experiment, key, value), why, { contour: true, number });
    },
  };
  const whose = (owner) => (fallLine.explore.schedules.owns(owner) ? fallLine.explore.schedules : plain);
  const others = {
    hyperOf: (owner, key) => whose(owner).hyperOf(owner, key),
    valueOf: (owner, key) => whose(owner).valueOf(owner, key),
    setNumber: (owner, key, value) => whose(owner).setNumber(owner, key, value),
  };
  const numbers = fallLine.createNumbers({ page, props, change, others });

  function writeAll() {
    numbers.writeAll();
    fallLine.explore.schedules.draw();
    fallLine.explore.tuning.showLabels();
  }

  function writeStart(start) {
    ["x", "y"].forEach((key, place) => {
      numbers.write(JSON.stringify({ key, type: "field" }), start[place], () => {
        props({ type: "field", key }, { value: fallLine.scales.written(page.experiment.start[place]) });
      });
    });
  }

  function syncFields() {
    const { start, tolerance, levels, loss_axis: axis, link_learning_rates: link } = page.experiment;
    props({ type: "field", key: "x" }, { value: fallLine.scales.written(start[0]) });
    props({ type: "field", key: "y" }, { value: fallLine.scales.written(start[1]) });
    props({ type: "field", key: "tolerance" }, { value: fallLine.scales.written(tolerance) });
    numbers.syncNumber("experiment", "steps");
    props("published-choice", { value: page.published });
    fallLine.explore.formula.sync();
    props("levels-choice", { value: levels });
    props("loss-axis", { value: axis });
    props("link-rates", { checked: link });
    fallLine.explore.noise.sync();
  }

  Object.assign(fallLine.explore, { ...numbers, writeAll, writeStart, syncFields });
})(window);
