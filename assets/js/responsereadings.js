// The table under the Response plot: what every run answers at the cursor's epoch, and what it remembers.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  // A run's accumulators at an epoch: `v 0.5   E 0.25`.
  function remembered({ symbols, values }, epoch) {
    if (symbols.length === 0) return "none";
    return symbols.map((symbol, k) => `${symbol} = ${fallLine.scales.shortly(values[k][epoch])}`).join("   ");
  }

  function exploring(name, query) {
    const link = element("a", { href: `.?${query}`, "aria-label": `Explore ${name} on a surface` }, "Explore");
    link.title = "Let this run descend a surface";
    return link;
  }

  // A row of the table; without a `query` it leads nowhere.
  function row(run, name, query, index) {
    const swatch = element("canvas", { class: "swatch", width: 44, height: 32, "data-style": run.style });
    const title = "Show its memory in the plot";
    const choose = element("button", { type: "button", class: "reading-name", title }, swatch, element("span", {}, name));
    choose.addEventListener("click", () => fallLine.response.choose(index));
    const made = element("tr", { "data-run": index, class: run.hidden ? "run-hidden" : "" });
    made.append(element("th", { scope: "row" }, choose), element("td", { class: "reading-update" }));
    if (query !== null) made.append(element("td", {}, exploring(name, query)));
    made.append(element("td", { class: "reading-memory" }));
    made.addEventListener("click", (event) => event.target.closest("a, button") || fallLine.response.choose(index));
    return made;
  }

  function looks(runs, answer) {
    return runs.map((run, k) => `${run.style} ${run.hidden} ${answer.names[k]} ${answer.explore[k]}`).join("\n");
  }

  // Puts new texts into the rows that stand; builds rows anew only for other runs.
  function fill() {
    const { page, tell, swatches } = fallLine.response;
    const body = document.getElementById("response-readings");
    const { answer, epoch } = page;
    const { runs } = page.experiment;
    if (!body || answer === null || answer.names.length !== runs.length) return;
    const { shortly } = fallLine.scales;
    if (body.rows.length !== runs.length || body.dataset.looks !== looks(runs, answer)) {
      const focused = body.contains(document.activeElement) && document.activeElement.closest("tr").rowIndex - 1;
      body.replaceChildren(...runs.map((run, k) => row(run, answer.names[k], answer.explore[k], k)));
      body.dataset.looks = looks(runs, answer);
      swatches();
      if (typeof focused === "number" && body.rows[focused]) body.rows[focused].querySelector("button").focus();
    }
    tell("response-epoch-text", `Epoch ${epoch}   g = ${shortly(answer.signal[epoch])}`);
    runs.forEach((_, k) => {
      body.rows[k].querySelector(".reading-update").textContent = shortly(answer.updates[k][epoch]);
      body.rows[k].querySelector(".reading-memory").textContent = remembered(answer.memory[k], epoch);
      body.rows[k].querySelector("button").setAttribute("aria-pressed", String(k === page.chosen));
      body.rows[k].classList.toggle("run-chosen", k === page.chosen);
    });
    const scrub = document.querySelector("#response-epoch input");
    if (scrub && Number(scrub.value) !== epoch) scrub.value = epoch;
  }

  fallLine.fillReadings = fill;
  if (typeof module !== "undefined") module.exports = { remembered };
})(typeof window === "undefined" ? globalThis : window);
