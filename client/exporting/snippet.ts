// The lines of HTML that show the experiment inside another web page, to be copied.

import type { WithRuns } from "../experiment/experiment.ts";
import { live, type RunsPage } from "../runs/page.ts";
import { loopback, moved, type Place } from "../runs/place.ts";
import { copyText } from "../shell/clipboard.ts";
import { make, write } from "../shell/document.ts";
import { ask } from "../wire/ask.ts";

/** What can be left out of an embedded page: fall_line/experiments/embedding.py. */
const PARTS = { player: "Player", outcomes: "Outcomes", loss: "Loss curves", rail: "Controls", header: "Header" };

type Part = keyof typeof PARTS;

const FIRST: readonly Part[] = ["player", "outcomes"]; // what is shown of an embedded page unless its link says otherwise
const WIDTH = 800; // pixels for which the first height is meant; the page itself tells the right one
const COPIED = 4000; // ms for which it is told

/** What an embedded page shows. */
export interface Embedded {
  readonly link: string;
  readonly title: string;
  readonly runs: number;
  readonly shown: ReadonlySet<Part>;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

// As client/styles/embedded.css has it: plot, player, results, and the line under them.
function height({ runs, shown }: Embedded): number {
  const table = shown.has("outcomes") ? 66 + 25 * runs : 0;
  const results = Math.max(table, shown.has("loss") ? 230 : 0);
  return Math.round(0.58 * WIDTH) + (shown.has("player") ? 46 : 0) + results + (shown.has("header") ? 46 : 0) + 38;
}

/** The address of the embedded page. */
function source({ link, shown }: Embedded): string {
  const hidden = (Object.keys(PARTS) as Part[]).filter((part) => !shown.has(part));
  const usual = FIRST.length === shown.size && FIRST.every((part) => shown.has(part));
  return `${link}&embed=1${usual ? "" : `&hide=${hidden.join(",")}`}`;
}

/** The frame, and a script that lets it be as high as its page. */
export function snippet(embedded: Embedded): string {
  return `<iframe src="${escaped(source(embedded))}"
  title="${escaped(embedded.title)}" width="100%" height="${height(embedded)}" loading="lazy" style="border: 0"></iframe>
<script>
  addEventListener("message", ({ data, source }) => {
    if (data?.type !== "fall-line-height") return;
    for (const frame of document.querySelectorAll("iframe"))
      if (frame.contentWindow === source) frame.style.height = \`\${Number(data.height)}px\`;
  });
</script>
`;
}

/** Who can see a frame whose page is at `host`, as far as the server knows. */
export function seenBy(host: string, place: Place | null): string {
  const here = loopback(host) ? "The address opens only on this machine. " : "";
  if (place === null) return here;
  const sites = place.framed_by.includes("*") ? "Any site" : place.framed_by.join(" and ");
  const others = `${sites} may show this page. `;
  const none = "This server lets no other site show its pages; whoever runs it names yours in FALL_LINE_FRAMED_BY. ";
  return `${here}${place.framed_by.length ? others : none}`.trim();
}

type Subject = "surface" | "signal" | "task";

function title(page: RunsPage): string {
  const { surface, signal, task, runs } = page.state.experiment as WithRuns & Partial<Record<Subject, string>>;
  const about = (surface ?? signal ?? task ?? "").replace("formula:", "").replaceAll("_", " ");
  return `Fall Line: ${about}, ${runs.length} run${runs.length === 1 ? "" : "s"}`;
}

export interface ExportSnippet {
  readonly node: HTMLElement;
  /** The dialog is opened over an experiment. */
  update(): void;
}

function createTicks(onChange: () => void) {
  const inputs = (Object.keys(PARTS) as Part[]).map((part) =>
    make("input", { type: "checkbox", value: part, checked: FIRST.includes(part) }),
  );
  const labels = inputs.map((input) =>
    make("label", { className: "export-tick" }, [input, PARTS[input.value as Part]]),
  );
  const node = make("div", { className: "export-controls", role: "group", "aria-label": "What is shown" }, labels);
  node.addEventListener("change", onChange);
  const shown = () => new Set(inputs.filter((input) => input.checked).map((input) => input.value as Part));
  // An answer to a signal has no loss, and of a training its history is the plot.
  const suit = (kind: string) =>
    labels.forEach((label, k) => {
      label.hidden = kind !== "surface" && inputs[k].value === "loss";
    });
  return { node, shown, suit };
}

function createCopy(text: () => string) {
  const button = make("button", { type: "button", className: "button" }, "Copy HTML");
  const said = make("span", { className: "export-unit", role: "status" });
  button.addEventListener("click", async () => {
    said.textContent = (await copyText(text())) ? "Copied" : "Select the lines and copy them.";
    setTimeout(() => (said.textContent = ""), COPIED);
  });
  return make("div", { className: "export-snippet-copy" }, [button, said]);
}

export function createSnippet(): ExportSnippet {
  const lines = make("pre", { className: "export-snippet-lines", tabIndex: 0, "aria-label": "HTML of the frame" });
  const note = make("p", { className: "export-notes" });
  const ticks = createTicks(update);
  const copy = createCopy(() => lines.textContent ?? "");
  const summary = make("summary", {}, "Embed in a web page");
  const node = make("details", { className: "export-snippet" }, [summary, ticks.node, lines, copy, note]);
  let place: Place | null = null;

  function update(): void {
    const page = live();
    if (page === null || !node.open) return;
    const home = loopback(location.hostname) && place?.network ? place.network : location.origin;
    const link = moved(`${location.origin}${location.pathname}?${page.query()}`, home);
    ticks.suit(page.exported().kind);
    const runs = page.state.experiment.runs.length;
    lines.textContent = snippet({ link, title: title(page), runs, shown: ticks.shown() });
    write(note, seenBy(new URL(home).hostname, place));
  }

  node.addEventListener("toggle", async () => {
    update();
    if (!node.open || place !== null) return;
    const answer = await ask<Place>("share/place", {});
    if (answer !== null && answer.problem === undefined) place = answer;
    update();
  });
  return { node, update };
}
