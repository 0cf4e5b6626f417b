// What is asked for is what the controls say, and nothing that the format doesn't heed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, fresh, refusal, remembered, restored } from "../../client/exporting/choices.ts";

const LOOK = ["width", "height", "theme", "line_width"];
const OFFER = {
  groups: [
    {
      name: "Animation",
      formats: [
        { key: "mp4", heeds: [...LOOK, "fps", "duration", "steps_per_frame", "hold", "first_step", "last_step"] },
      ],
    },
    {
      name: "Data",
      formats: [
        { key: "png", heeds: [...LOOK, "transparent"] },
        { key: "csv", heeds: ["statistics", "hyperparameters", "decimal_comma"] },
        { key: "json", heeds: [] },
      ],
    },
  ],
  sizes: [
    { size: [1200, 800], shape: "landscape" },
    { size: [1080, 1920], shape: "upright" },
  ],
  defaults: {
    width: 1200,
    height: 800,
    fps: 30,
    duration: 4,
    steps_per_frame: null,
    hold: 1.5,
    first_step: 0,
    last_step: null,
    theme: "light",
    transparent: false,
    line_width: 2,
    text_size: "small",
    loss_panel: true,
    title: true,
    heading: "",
    formula: false,
    statistics: false,
    hyperparameters: false,
    decimal_comma: false,
  },
};

const typed = (changes) => ({ ...fresh(OFFER), ...changes });

test("a reader who chose nothing asks for the defaults, in the page's colours", () => {
  assert.deepEqual(asked(fresh(OFFER), OFFER, "dark"), {
    width: 1200,
    height: 800,
    theme: "dark",
    line_width: 2,
    fps: 30,
    duration: 4,
    steps_per_frame: null,
    hold: 1.5,
    first_step: 0,
    last_step: null,
  });
});

test("only what the format heeds is asked for", () => {
  assert.deepEqual(asked(typed({ format: "json", fps: "7" }), OFFER, "light"), {});
  assert.deepEqual(
    Object.keys(asked(typed({ format: "png" }), OFFER, "light")).sort(),
    [...LOOK, "transparent"].sort(),
  );
});

test("a size from the list is taken from there, an own one from the fields", () => {
  const of = (changes) => {
    const { width, height } = asked(typed({ width: "640", height: "480", ...changes }), OFFER, "light");
    return [width, height];
  };
  assert.deepEqual(of({ size: "1080x1920" }), [1080, 1920]);
  assert.deepEqual(of({ size: "own" }), [640, 480]);
});

test("the pace is either a length or steps a frame", () => {
  const length = asked(typed({ pace: "duration", duration: "2,5", steps_per_frame: "3" }), OFFER, "light");
  assert.deepEqual([length.duration, length.steps_per_frame], [2.5, null]);
  const steps = asked(typed({ pace: "steps_per_frame", duration: "2,5", steps_per_frame: "3" }), OFFER, "light");
  assert.deepEqual(["duration" in steps, steps.steps_per_frame], [false, 3]);
});

test("what is no number is asked for as it was typed, so that the sentence can quote it", () => {
  const { fps, hold, first_step: first } = asked(typed({ fps: "fast", hold: "", first_step: "−1" }), OFFER, "light");
  assert.deepEqual([fps, hold, first], ["fast", "", -1]);
});

test("what may be a thousand is the server's to ask about, a decimal comma is read", () => {
  const own = typed({ size: "own", width: "1,200", height: "1 080", hold: "0,125", last_step: "1,000" });
  const { width, height, hold, last_step: last } = asked(own, OFFER, "light");
  assert.deepEqual([width, height, hold, last], ["1,200", "1 080", 0.125, "1,000"]);
});

test("a chosen theme wins over the page's", () => {
  assert.equal(asked(typed({ theme: "light" }), OFFER, "dark").theme, "light");
});

test("choices come back from storage, steps and titles do not", () => {
  const before = typed({
    format: "png",
    text_size: "slide",
    heading: "Who wins?",
    fps: "12",
    size: "own",
    theme: "dark",
    title: false,
    first_step: "5",
    last_step: "9",
  });
  const after = restored(JSON.parse(JSON.stringify(remembered(before))), OFFER);
  assert.deepEqual(after, { ...before, first_step: "0", last_step: "", heading: "" });
});

test("nothing, nonsense and what is no longer offered fall back to the defaults", () => {
  for (const stored of [
    null,
    undefined,
    3,
    "x",
    [],
    {},
    { format: "avi", size: "1x1", fps: 30, title: "yes", other: 1 },
  ]) {
    assert.deepEqual(restored(stored, OFFER), fresh(OFFER));
  }
});

test("a refusal names the control as the dialog does", () => {
  assert.deepEqual(refusal("Fps is 200; it must be a whole number from 10 to 60."), {
    name: "fps",
    sentence: "Frames a second is 200; it must be a whole number from 10 to 60.",
  });
  assert.deepEqual(refusal("Steps_per_frame is 0; it must be a number from 0.01 to 10000.").name, "steps_per_frame");
  assert.deepEqual(refusal("The last step is 200; it must be at most 125, the experiment's number of steps."), {
    name: "last_step",
    sentence: "Last step is 200; it must be at most 125, the experiment's number of steps.",
  });
  assert.deepEqual(refusal("The last step is 300; it must be at most 299.", "epoch"), {
    name: "last_step",
    sentence: "Last epoch is 300; it must be at most 299.",
  });
  assert.equal(
    refusal("Steps_per_frame is 0; it must be more.", "epoch").sentence,
    "Epochs a frame is 0; it must be more.",
  );
  assert.deepEqual(refusal("Last_step is ‘1,000’; it must be written as 1000.").name, "last_step");
  assert.deepEqual(refusal("Text_size is ‘large’, in which nothing finds room."), {
    name: "text_size",
    sentence: "Text size is ‘large’, in which nothing finds room.",
  });
  assert.deepEqual(refusal("Last_step is ‘x’; it must be a whole number from 0 to 10000.").name, "last_step");
});

test("other refusals stay as they are", () => {
  const sentence = "900 frames of 4096×4096 are 15 billion pixels; at most 2.5 billion are allowed.";
  assert.deepEqual(refusal(sentence), { name: null, sentence });
});

test("a table is asked for with what is ticked for tables, and with nothing of pictures", () => {
  const table = { statistics: false, hyperparameters: true, decimal_comma: true };
  assert.deepEqual(asked(typed({ format: "csv", transparent: true, ...table }), OFFER, "dark"), table);
});
