// What is shown of weights in a file of its own: what each run has learned at some steps, and the paths before a plane.

import { make } from "../shell/document.ts";
import { createLearnedPanel } from "../train/views/learned-panel.ts";
import type { PlaneScene } from "../train/views/plane-drawing.ts";
import { createPlanePanel } from "../train/views/plane-panel.ts";
import { lookAt, type Views } from "./train-data.ts";

type ViewName = "learned" | "plane";
type Shown = Omit<PlaneScene, "plane">;

const LABELS: Readonly<Record<ViewName, string>> = { learned: "What it has learned", plane: "Weights on a plane" };
const STILL = "The weights stand still, so no plane lies along their path.";

/** Shows the chosen view. */
export type ShowViews = (shown: Shown) => void;

/** The views in `host`; `onHover` is told which run is pointed at, `onChoice` that another view is chosen. */
export function createViews(
  host: HTMLElement,
  { looks, plane }: Views,
  onHover: (run: number | null) => void,
  onChoice: () => void,
): ShowViews {
  const bodies = { learned: make("div", { className: "view-body" }), plane: make("div", { className: "view-body" }) };
  const options = Object.entries(LABELS).map(([value, label]) => make("option", { value }, label));
  const choice = make("select", { className: "view-select", "aria-label": "View" }, options);
  const note = make("p", { className: "caption view-looks" });
  choice.addEventListener("change", onChoice);
  host.replaceChildren(make("div", { className: "view-choices" }, [choice, note]), bodies.learned, bodies.plane);
  const learnedPanel = createLearnedPanel(bodies.learned, onHover);
  const planePanel = plane && createPlanePanel(bodies.plane, onHover);
  if (plane === null) bodies.plane.append(make("p", { className: "view-words" }, STILL));

  let before = "";

  // Pictures are drawn anew only where they are others: at each frame of the player that would take long.
  function showLearned({ highlight: _, step, ...shown }: Shown): void {
    const look = lookAt(looks, step);
    const drawn = [look.step, shown.palette.paper, ...shown.runs.map(({ hidden }) => hidden)].join(" ");
    note.textContent = `step ${look.step}, one of ${looks.length} that are kept`;
    if (drawn !== before) learnedPanel.show({ ...shown, learned: look.learned, step: look.step });
    before = drawn;
  }

  return (shown) => {
    const view = choice.value as ViewName;
    for (const name of ["learned", "plane"] as const) bodies[name].hidden = name !== view;
    note.hidden = view !== "learned";
    if (view === "plane") planePanel?.show({ ...shown, plane: plane! });
    else showLearned(shown);
  };
}
