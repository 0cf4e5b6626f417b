// The step inspector's table, legend and chips of runs.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});

  function element(tag, properties = {}, children = []) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function cell(row, place) {
    const { text, after } = row;
    const before = element("span", { textContent: text[place] });
    const parts = after ? [before, element("span", { className: "after", textContent: `→ ${after[place]}` })] : [before];
    const made = element("td", {}, parts);
    if (text.length !== 2) made.colSpan = 2;
    return made;
  }

  function tableRow(row) {
    const head = element("th", { scope: "row", textContent: row.symbol, title: row.hint });
    if (row.key) head.dataset.key = row.key;
    if (row.text.length <= 2) return element("tr", {}, [head, ...row.text.map((_, place) => cell(row, place))]);
    const list = { ...row, text: [row.text.join("  ")], after: row.after && [row.after.join("  ")] };
    return element("tr", {}, [head, cell(list, 0)]);
  }

  // Numbers that stand alone, such as hyperparameters, share a line.
  function inline(rows) {
    const items = rows.map((row) => element("span", { className: "inline-number", title: row.hint, textContent: `${row.symbol} ${row.text[0]}` }));
    return element("tr", {}, [element("td", { colSpan: 3, className: "inline-numbers" }, items)]);
  }

  function table(body, groups) {
    const rows = groups.flatMap((group) => {
      const title = element("tr", { className: "group" }, [element("th", { colSpan: 3, scope: "colgroup", textContent: group.title })]);
      const alone = group.rows.every((row) => row.text.length === 1 && !row.after);
      return [title, ...(alone && group.rows.length > 1 ? [inline(group.rows)] : group.rows.map(tableRow))];
    });
    body.replaceChildren(...rows);
  }

  const NAMES = { gradient: "downhill", asked: "downhill, as the rule was told it ahead", memory: "memory", update: "the update" };

  // Each kind of arrow once, with the factor by which it is drawn longer than it is.
  function legend(list, scene, words) {
    const { shortly } = fallLine.scales;
    const seen = new Set();
    const items = [];
    for (const { key, kind, symbol, group } of scene.arrows) {
      const once = kind === "asked" ? "asked" : key;
      if (seen.has(once)) continue;
      seen.add(once);
      const factor = `×${shortly(scene.factors[group])}`;
      items.push(item(`arrow-key key-${kind}`, `${symbol} ${factor}`, kind === "asked" && !scene.looks.length ? "downhill with the noise of this step" : NAMES[kind]));
    }
    if (scene.looks.length) items.push(item("arrow-key key-dashed", words.ahead, ""));
    for (const [place, one] of scene.squares.entries()) {
      const side = 14 / scene.factors[one.group];
      items.push(item("square-key", `${one.symbol}: this square is ${shortly(side * side)}`, place % 2 ? "x at the left, y below" : "x beside the point, y above"));
    }
    list.replaceChildren(...items);
  }

  function item(className, text, note) {
    const key = element("span", { className });
    key.setAttribute("aria-hidden", "true");
    return element("li", {}, [key, element("span", { textContent: text }), element("span", { className: "legend-note", textContent: note })]);
  }

  // One chip a run; rebuilt only when names, styles or their number change.
  function chips(group, runs, names, chosen, onChoose) {
    const wanted = JSON.stringify(runs.map((run, k) => [run.style, names[k]]));
    const anew = group.dataset.runs !== wanted;
    if (anew) {
      group.dataset.runs = wanted;
      group.replaceChildren(...runs.map((run, k) => chip(run, names[k], () => onChoose(k))));
    }
    [...group.children].forEach((one, k) => one.setAttribute("aria-pressed", String(k === chosen)));
    return anew;
  }

  function chip(run, name, onChoose) {
    const swatch = element("canvas", { width: 44, height: 32, className: "swatch" });
    swatch.dataset.style = run.style;
    const button = element("button", { type: "button", className: "run-chip", title: name }, [swatch, element("span", { textContent: name })]);
    button.addEventListener("click", onChoose);
    return button;
  }

  fallLine.inspectorNumbers = { table, legend, chips };
})(window);
