// The schedules of runs on the Explore page: their kinds, and the sliders of their numbers.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { page, change } = fallLine.explore;
  const OWNER = /^schedule-(\d+)-(\w+)$/;

  // What a slider of the owner `schedule-2-momentum` belongs to.
  function placeOf(owner) {
    const found = OWNER.exec(owner);
    return found === null ? null : { run: Number(found[1]), name: found[2] };
  }

  function schedulesOf(run) {
    return page.experiment.runs[run]?.schedules || {};
  }

  function withSchedule(run, name, schedule) {
    const { [name]: _, ...others } = schedulesOf(run);
    const schedules = schedule.kind === "constant" ? others : { ...others, [name]: schedule };
    return fallLine.edit.withRun(page.experiment, run, { schedules });
  }

  const schedules = {
    owns: (owner) => placeOf(owner) !== null,
    hyperOf(owner, key) {
      const { run, name } = placeOf(owner);
      return page.catalogue.schedules[schedulesOf(run)[name]?.kind]?.[key];
    },
    valueOf(owner, key) {
      const { run, name } = placeOf(owner);
      return schedulesOf(run)[name]?.[key];
    },
    setNumber(owner, key, value) {
      const { run, name } = placeOf(owner);
      return change(withSchedule(run, name, { ...schedulesOf(run)[name], [key]: value }), `${owner} ${key}`);
    },
    draw() {
      if (page.answer !== null) fallLine.scheduleCurve.draw(page.answer.schedules);
    },
  };
  fallLine.explore.schedules = schedules;

  function kind() {
    const { triggered_id: id, triggered } = root.dash_clientside.callback_context;
    if (!id || page.experiment === null || !fallLine.explore.mounted()) return root.dash_clientside.no_update;
    const [{ value: chosen }] = triggered;
    const { run, schedule: name } = id;
    if (!chosen || !page.experiment.runs[run] || chosen === (schedulesOf(run)[name]?.kind || "constant")) {
      return root.dash_clientside.no_update;
    }
    const numbers = Object.entries(page.catalogue.schedules[chosen] || {}).map(([key, hyper]) => [key, hyper.default]);
    change(withSchedule(run, name, { kind: chosen, ...Object.fromEntries(numbers) }), "schedule", { structure: true });
    return root.dash_clientside.no_update;
  }

  root.dash_clientside = Object.assign(root.dash_clientside || {}, { schedules: { kind } });
})(window);
