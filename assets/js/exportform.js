// The choices of the export dialog as a form. Every control names its choice; only what the format heeds is shown.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { make } = fallLine.exportElements;
  const { OWN, sizeKey, formatOf } = fallLine.exportChoices;

  function text(name, label, unit = "") {
    const input = make("input", { type: "text", inputMode: "decimal", autocomplete: "off", "data-choice": name, "aria-label": label });
    return make("span", { className: "export-number" }, [input, ...(unit ? [make("span", { className: "export-unit" }, unit)] : [])]);
  }

  function tick(name, label) {
    return make("label", { className: "export-tick" }, [make("input", { type: "checkbox", "data-choice": name }), label]);
  }

  function radio(name, value, label) {
    const input = make("input", { type: "radio", name: `export-${name}`, value, "data-choice": name });
    if (typeof label === "string") return make("label", { className: "export-tick" }, [input, label]);
    return [input, label];
  }

  // Several controls in a row are a group of its name; a single one has it already.
  function row(heeds, label, controls, role = "group") {
    const named = Array.isArray(controls) ? { role, "aria-label": label } : {};
    const name = make("span", { className: "export-label" }, label);
    return make("div", { className: "export-row", "data-heeds": heeds, ...named }, [name, make("div", { className: "export-controls" }, controls)]);
  }

  function formats({ groups }) {
    const card = ({ key, name, words }) =>
      make("label", { className: "export-card" }, [
        ...radio("format", key, make("span", { className: "export-card-name" }, name)),
        make("span", { className: "export-card-words" }, words),
      ]);
    const group = ({ name, formats: offered }) =>
      make("div", { className: "export-group", role: "group", "aria-label": name }, [
        make("span", { className: "export-label", "aria-hidden": "true" }, name),
        make("div", { className: "export-cards" }, offered.map(card)),
      ]);
    const legend = make("legend", { className: "only-spoken" }, "Format");
    return make("fieldset", { className: "export-formats" }, [legend, ...groups.map(group)]);
  }

  function sizes(offer) {
    const preset = ({ size: [width, height], shape }) => make("option", { value: sizeKey([width, height]) }, `${width} × ${height}${shape ? `, ${shape}` : ""}`);
    const select = make("select", { "data-choice": "size", "aria-label": "Size" }, [...offer.sizes.map(preset), make("option", { value: OWN }, "Own size…")]);
    const own = make("span", { className: "export-own" }, [text("width", "Width in pixels"), "×", text("height", "Height in pixels", "pixels")]);
    return row("width", "Size", [select, own]);
  }

  function picture(offer) {
    const segment = (value, label) => make("label", { className: "export-segment" }, radio("theme", value, make("span", {}, label)));
    const segments = make("span", { className: "export-segments" }, [segment("light", "Light"), segment("dark", "Dark")]);
    const clear = make("span", { "data-heeds": "transparent" }, tick("transparent", "Transparent background"));
    const shown = { loss_panel: "Loss curves", title: "Title", formula: "Formula" };
    const ticks = Object.entries(shown).map(([name, label]) => make("span", { "data-heeds": name }, tick(name, label)));
    return make("fieldset", { className: "export-part" }, [
      make("legend", {}, "Picture"),
      sizes(offer),
      row("theme", "Colours", [segments, clear]),
      row("title", "Show", ticks),
      row("line_width", "Line width", text("line_width", "Line width", "pixels")),
    ]);
  }

  function motion({ counted }) {
    const Counted = counted[0].toUpperCase() + counted.slice(1);
    const pace = (name, label, spoken, unit) => make("span", { className: "export-pace" }, [radio("pace", name, label), text(name, spoken, unit)]);
    const steps = make("span", { className: "export-range" }, ["from", text("first_step", `First ${counted}`), "to", text("last_step", `Last ${counted}`)]);
    const here = make("button", { type: "button", className: "export-link export-here", hidden: true });
    return make("fieldset", { className: "export-part" }, [
      make("legend", {}, "Movement"),
      row("last_step", `${Counted}s`, [steps, here]),
      row("duration", "Pace", [
        pace("duration", "Length", "Length in seconds", "seconds"),
        pace("steps_per_frame", `${Counted}s a frame`, `Number of ${counted}s a frame`, ""),
      ], "radiogroup"),
      row("hold", "Hold the end", text("hold", "Hold the end", "seconds")),
      row("fps", "Frames a second", text("fps", "Frames a second")),
    ]);
  }

  function createExportForm(offer, onChange) {
    const nothing = make("p", { className: "prose export-nothing" }, "There is nothing more to choose for this kind of file.");
    const node = make("form", { className: "export-choices", noValidate: true }, [formats(offer), picture(offer), motion(offer), nothing]);
    const here = node.querySelector(".export-here");
    const [, motionName] = node.querySelectorAll(".export-part > legend");
    const controls = [...node.querySelectorAll("[data-choice]")];

    function read(typed) {
      const next = { ...typed };
      for (const control of controls) {
        const { choice } = control.dataset;
        if (control.type === "checkbox") next[choice] = control.checked;
        else if (control.type !== "radio" || control.checked) next[choice] = control.value;
      }
      return next;
    }

    function write(typed) {
      for (const control of controls) {
        const value = typed[control.dataset.choice];
        if (control.type === "checkbox") control.checked = value;
        else if (control.type === "radio") control.checked = control.value === value;
        else if (control.value !== value) control.value = value;
      }
      arrange(typed);
    }

    function arrange(typed) {
      const { heeds, animated } = formatOf(offer, typed.format);
      for (const place of node.querySelectorAll("[data-heeds]")) place.hidden = !heeds.includes(place.dataset.heeds);
      for (const part of node.querySelectorAll(".export-part")) part.hidden = !part.querySelector(".export-row:not([hidden])");
      node.querySelector(".export-own").hidden = typed.size !== OWN;
      motionName.textContent = animated ? "Movement" : offer.kind === "surface" ? "Paths" : "Curves";
      nothing.hidden = heeds.length > 0;
    }

    // The step at which the player or the cursor stands, where it is not the last.
    function offerStep(step) {
      here.hidden = step === null;
      here.textContent = `Up to ${offer.counted} ${step}, where the ${offer.kind === "surface" ? "player" : "cursor"} stands`;
      here.onclick = () => {
        const last = node.querySelector('[data-choice="last_step"]');
        last.value = String(step);
        last.focus();
        last.dispatchEvent(new Event("input", { bubbles: true }));
      };
    }

    function mark(name, problem) {
      for (const control of controls) {
        const wrong = name !== null && control.dataset.choice === name;
        control.toggleAttribute("aria-invalid", wrong);
        if (wrong) control.setAttribute("aria-describedby", problem);
        else control.removeAttribute("aria-describedby");
      }
    }

    node.addEventListener("submit", (event) => event.preventDefault());
    node.addEventListener("input", ({ target }) => {
      const pace = target.closest(".export-pace");
      if (pace) pace.querySelector("[type=radio]").checked = true; // what is typed is meant
      onChange(read);
    });
    return {
      node, write, arrange, offerStep, mark,
      focus: () => node.querySelector('[data-choice="format"]:checked').focus(),
    };
  }

  fallLine.createExportForm = createExportForm;
})(window);
