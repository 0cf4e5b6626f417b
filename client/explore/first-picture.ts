// The picture that stands where the plot will be. It moves into the plot's frame when that is there, under the paths that
// are drawn, and goes when the contour is there.

import type { Graph } from "../dash/plotly.ts";

const find = (selector: string) => document.querySelector<HTMLElement>(selector);

/** Puts the picture into the frame of `graph`. */
export function movePicture(graph: Graph): void {
  const picture = find(".first-place");
  const frame = graph.querySelector(".svg-container");
  if (picture && frame) frame.append(picture);
}

/** The paths are drawn, the picture's need not be. */
export const hidePicturePaths = (): void => find(".first-place .first-paths")?.remove();

/** The contour is drawn. */
export const removePicture = (): void => find(".first-place")?.remove();
