// What a reader chooses in the export dialog: numbers stay texts, as typed, until the server is asked.
(function (root) {
  "use strict";

  const OWN = "own";
  const OF_EXPERIMENT = ["first_step", "last_step"]; // they mean nothing for another experiment
  const NUMBERS = ["width", "height", "fps", "duration", "steps_per_frame", "hold", "line_width", ...OF_EXPERIMENT];
  const labels = (counted) => ({
    width: "Width", height: "Height", fps: "Frames a second", duration: "Length", hold: "Hold", line_width: "Line width",
    steps_per_frame: `${counted === "step" ? "Steps" : "Epochs"} a frame`, first_step: `First ${counted}`, last_step: `Last ${counted}`,
  });

  const sizeKey = ([width, height]) => `${width}x${height}`;
  const formats = (offer) => offer.groups.flatMap((group) => group.formats);
  const formatOf = (offer, key) => formats(offer).find((format) => format.key === key);

  // The choices of a reader who has chosen nothing yet. No theme is the page's, no last step the experiment's.
  function fresh(offer) {
    const { defaults } = offer;
    const text = (name) => (defaults[name] === null ? "" : String(defaults[name]));
    return {
      ...defaults,
      ...Object.fromEntries(NUMBERS.map((name) => [name, text(name)])),
      format: formats(offer)[0].key,
      size: sizeKey([defaults.width, defaults.height]),
      pace: "duration",
      steps_per_frame: "1",
      theme: "",
    };
  }

  // What was chosen before, as far as it can still be chosen.
  function restored(stored, offer) {
    const typed = fresh(offer);
    for (const name of Object.keys(typed)) {
      const kept = stored ? stored[name] : undefined;
      if (!OF_EXPERIMENT.includes(name) && typeof kept === typeof typed[name]) typed[name] = kept;
    }
    const sizes = [OWN, ...offer.sizes.map((one) => sizeKey(one.size))];
    const { format, size } = fresh(offer);
    if (!formatOf(offer, typed.format)) typed.format = format;
    if (!sizes.includes(typed.size)) typed.size = size;
    return typed;
  }

  function remembered(typed) {
    return Object.fromEntries(Object.entries(typed).filter(([name]) => !OF_EXPERIMENT.includes(name)));
  }

  // A typed text as a number; what is no number goes to the server as it is, whose sentence says what is allowed.
  function number(text) {
    const plain = text.trim().replace("−", "-").replace(",", ".");
    return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : text;
  }

  // Only what the format heeds is asked for.
  function asked(typed, offer, theme) {
    const preset = offer.sizes.find((one) => sizeKey(one.size) === typed.size);
    const [width, height] = preset ? preset.size : [number(typed.width), number(typed.height)];
    const chosen = { ...typed, width, height, theme: typed.theme || theme };
    for (const name of NUMBERS.slice(2)) chosen[name] = number(typed[name]);
    if (typed.last_step.trim() === "") chosen.last_step = null;
    if (typed.pace === "duration") chosen.steps_per_frame = null;
    else delete chosen.duration;
    const { heeds } = formatOf(offer, typed.format);
    return Object.fromEntries(Object.entries(chosen).filter(([name]) => heeds.includes(name)));
  }

  // The experiment with the view that is seen. A start outside it and outside the surface's domain needs the wider one.
  function seen(experiment, shown, domain, inside) {
    const allowed = shown !== null && [shown, domain].some((box) => inside(box, experiment.start));
    return { ...experiment, view: allowed ? shown : experiment.view, step: null };
  }

  // A refusal in the words of the dialog, and the choice that it is about. `counted` is step or epoch.
  function refusal(sentence, counted = "step") {
    for (const [name, label] of Object.entries(labels(counted))) {
      const words = name.replace("_", "[_ ]").replace("_frame", "[_ ]frame");
      const start = new RegExp(`^(the )?${words} is `, "i");
      if (start.test(sentence)) return { name, sentence: sentence.replace(start, `${label} is `) };
    }
    return { name: null, sentence };
  }

  const exportChoices = { OWN, sizeKey, formats, formatOf, fresh, restored, remembered, asked, seen, refusal };
  root.fallLine = Object.assign(root.fallLine || {}, { exportChoices });
  if (typeof module !== "undefined") module.exports = exportChoices;
})(typeof window === "undefined" ? globalThis : window);
