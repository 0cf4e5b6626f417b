// Many small plots: every method at its defaults on this signal; these runs, or one, on every signal. A click opens one.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const LANES = 2;

  // The small plots of a grid, in the catalogue's order: their titles, what each shows, and what a click opens.
  function experiments(view, experiment, catalogue) {
    if (view === "methods") return Object.entries(catalogue.optimizers).map((one) => ofMethod(one, experiment));
    if (view === "curves") return [];
    const [chosen] = experiment.runs.slice(experiment.chosen - 1);
    const alone = { runs: [{ ...chosen, hidden: false }], chosen: 1 };
    return Object.entries(catalogue.signals).map(([signal, { label }]) => {
      const opens = { ...experiment, signal, drawn: null, view: "curves" };
      return { title: label, experiment: view === "run" ? { ...opens, ...alone } : opens, opens };
    });
  }

  function ofMethod([optimizer, { label, hypers }], experiment) {
    const defaults = Object.fromEntries(Object.entries(hypers).map(([key, hyper]) => [key, hyper.default]));
    const runs = [{ optimizer, hypers: defaults, label: "", hidden: false, style: 0 }];
    const opens = { ...experiment, runs, chosen: 1, view: "curves" };
    return { title: label, experiment: opens, opens };
  }

  // The part of the height that lies above zero when every series, each by its own largest size, shares one zero line.
  function zeroLine(series) {
    let [above, below] = [0, 0];
    for (const [low, high] of series) {
      const size = Math.max(high, -low) || 1;
      above = Math.max(above, high / size);
      below = Math.max(below, -low / size);
    }
    return above + below === 0 ? 0.5 : above / (above + below);
  }

  function extremes(rows) {
    let [low, high] = [0, 0];
    for (const values of rows) {
      for (const value of values) {
        if (!Number.isFinite(value)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return [low, high];
  }

  function drawCell(canvas, answer, runs, palette) {
    const density = root.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (width === 0) return;
    Object.assign(canvas, { width: Math.round(width * density), height: Math.round(height * density) });
    const context = canvas.getContext("2d");
    context.setTransform(density, 0, 0, density, 0, 0);
    const shown = runs.map((_, k) => k).filter((k) => !runs[k].hidden);
    const [own, gradient] = [extremes(shown.map((k) => answer.updates[k])), extremes([answer.signal])];
    const share = zeroLine([own, gradient]);
    const room = height - 8;
    const zero = 4 + share * room;
    const reach = ([low, high]) => {
      const [up, down] = [share > 0 ? high / share : 0, share < 1 ? -low / (1 - share) : 0];
      return Math.max(up, down) || 1;
    };
    const trace = (values, scale) => {
      context.beginPath();
      for (let k = 0; k < values.length; k++) {
        context.lineTo((k / (values.length - 1)) * width, zero - (values[k] / scale) * room);
      }
      context.stroke();
    };
    context.strokeStyle = palette.faint;
    context.beginPath();
    context.moveTo(0, Math.round(zero) + 0.5);
    context.lineTo(width, Math.round(zero) + 0.5);
    context.stroke();
    context.globalAlpha = 0.35;
    context.strokeStyle = palette.ink;
    trace(answer.signal, reach(gradient));
    context.globalAlpha = 1;
    context.lineWidth = 1.4;
    for (const k of shown) {
      const { color, dash } = fallLine.styles.look(runs[k].style, palette);
      context.strokeStyle = color;
      context.setLineDash(dash);
      trace(answer.updates[k], reach(own));
    }
  }

  function createGrid(host) {
    const { page, palette, unpacked, load } = fallLine.response;
    let cells = [];
    let asked = "";
    let visit = 0;

    function build(wanted) {
      cells = wanted.map(({ title, experiment, opens }) => {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", className: "response-cell", title });
        const [name, peak, canvas] = ["span", "span", "canvas"].map((tag) => document.createElement(tag));
        name.textContent = title;
        Object.assign(peak, { className: "response-peak", textContent: "…" });
        canvas.setAttribute("aria-hidden", "true");
        button.append(name, peak, canvas);
        const cell = { experiment, opens, button, canvas, peak, answer: null };
        button.addEventListener("click", () => load(cell.opens, "open small plot"));
        return cell;
      });
      host.replaceChildren(...cells.map(({ button }) => button));
    }

    async function ask(queue, mine) {
      for (let cell = queue.shift(); cell && mine === visit && host.isConnected; cell = queue.shift()) {
        const answer = await fallLine.ask("response/answers", cell.experiment);
        if (mine !== visit || answer === null || answer.problem) return;
        cell.answer = unpacked(answer);
        drawOne(cell);
      }
    }

    function drawOne({ answer, canvas, peak, experiment }) {
      if (answer === null) return;
      const { shortly } = fallLine.scales;
      const [low, high] = extremes(answer.updates.filter((_, k) => !experiment.runs[k].hidden));
      peak.textContent = `${shortly(Number(low.toPrecision(2)))} … ${shortly(Number(high.toPrecision(2)))}`;
      drawCell(canvas, answer, experiment.runs, palette());
    }

    function draw() {
      if (!host.hidden) cells.forEach(drawOne);
    }

    // Asks anew if what is shown has changed.
    function refresh() {
      if (page.view === "curves" || page.good === null) return;
      const wanted = experiments(page.view, page.good, page.catalogue);
      const key = JSON.stringify(wanted.map(({ experiment: { signal, drawn, runs } }) => [signal, drawn, runs]));
      if (key === asked) {
        cells.forEach((cell, k) => (cell.opens = wanted[k].opens));
        return draw();
      }
      asked = key;
      visit += 1;
      build(wanted);
      const queue = [...cells];
      for (let lane = 0; lane < LANES; lane++) ask(queue, visit);
    }

    new ResizeObserver(draw).observe(host);
    return { refresh, draw };
  }

  fallLine.createGrid = createGrid;
  if (typeof module !== "undefined") module.exports = { experiments, zeroLine, extremes };
})(typeof window === "undefined" ? globalThis : window);
