// What the page will ask for first, asked as soon as this code runs, while Dash is still being loaded.

import type { Box, Experiment } from "../experiment/experiment.ts";
import { askEarly } from "../wire/early.ts";
import { contourQuestion, type Margin } from "./contour-question.ts";

interface Beginning {
  readonly experiment: Experiment;
  readonly domain: Box;
  readonly margin: Margin;
}

/** Asks for paths and contour of the experiment that the HTML tells of, if it does. */
export async function askOpening(): Promise<void> {
  const text = document.getElementById("opening")?.textContent;
  const beginning: Beginning | null = text ? JSON.parse(text) : null;
  if (beginning === null) return;
  const experiment = { ...beginning.experiment, step: null };
  askEarly("explore/paths", experiment);
  await styled();
  const place = document.querySelector("#shell .stage");
  if (place === null) return;
  const size = { width: place.clientWidth, height: place.clientHeight };
  const box = experiment.view ?? beginning.domain;
  askEarly("explore/contour", contourQuestion(experiment, box, size, beginning.margin, 0));
}

// The plot's size is known once the frames and the style sheet are there.
async function styled(): Promise<void> {
  if (document.getElementById("react-entry-point") === null) await happens(document, "DOMContentLoaded");
  const link = document.querySelector<HTMLLinkElement>("link[rel=stylesheet]");
  if (link === null || link.sheet !== null) return;
  await Promise.race([happens(link, "load"), happens(link, "error")]);
}

const happens = (place: EventTarget, event: string): Promise<Event> =>
  new Promise((resolve) => place.addEventListener(event, resolve, { once: true }));
