// The picture that stands where the plot will be. It moves into the plot's frame when that is there, under the paths that
// are drawn, and goes when the contour is there.

import type { Graph } from "../dash/plotly.ts";

const find = (selector: string) => document.querySelector<HTMLElement>(selector);

/** Puts the picture into the frame of `graph`. */
export function movePicture(graph: Graph): void {
  const picture = find(".first-place");
  const frame = graph.querySelector(".svg-container");
  if (!picture || !frame) return;
  frame.append(picture);
  graph.on("plotly_relayouting", removePicture); // it can't follow the hand
}

/** The paths are drawn, the picture's need not be. */
export function hidePicturePaths(): void {
  find(".first-place .first-paths")?.remove();
}

/** The contour is drawn. */
export function removePicture(): void {
  find(".first-place")?.remove();
}
