// Draws polylines and their heads on two canvases over the axes of a Plotly graph. The lines stay on the first canvas
// and grow by the steps that are new; the heads, and the piece from the last whole step to them, are on the second.

import type { Graph } from "../dash/plotly.ts";
import { fillBand } from "./band.ts";
import { strokeFan } from "./fan.ts";
import { type Maps, near, pixelMap } from "./geometry.ts";
import { drawCursor, drawHeads } from "./heads.ts";
import { clear, type Layers, layersOver } from "./layers.ts";
import { lineWidth, opacity, type Placed, pixels, type Scene } from "./scene.ts";
import { look } from "./styles.ts";
import { trace, traceCurve } from "./trace.ts";

/** How much is drawn: everything anew, only the runs that are drawn apart, or only what time has added. */
export type Fresh = boolean | "apart";

interface Settings {
  /** A dot at every step, and the hop back to a point that is kept. */
  readonly dots?: boolean;
  /** The player's cursor. */
  readonly cursor?: boolean;
  /** Some runs can be drawn apart from the others, on a canvas above theirs, and alone drawn anew. */
  readonly held?: boolean;
}

export interface Overlay {
  /** Draws `scene`, as soon as there are axes; says whether it did. */
  draw(scene: Scene, fresh: Fresh): boolean;
  /** Where the scene lies that was drawn last, or null. */
  maps(): Maps | null;
}

type Context = CanvasRenderingContext2D;

const DOTS_UP_TO = 250;

export function createOverlay(graph: Graph, { dots = false, cursor = false, held = false }: Settings = {}): Overlay {
  let maps: Maps | null = null;
  let drawnTo = -1;
  let offsets: number[] = []; // how far along its dashes each run has come
  let apart: readonly number[] = [];

  function strokeFrom(context: Context, scene: Placed, run: number, from: number, to: number): void {
    const { color, dash } = look(scene.styles[run], scene.palette);
    context.globalAlpha = opacity(scene, run);
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = lineWidth(scene) + (scene.highlight === run ? 1 : 0);
    context.lineJoin = context.lineCap = "round";
    context.setLineDash(dash);
    context.lineDashOffset = -(offsets[run] || 0);
    context.beginPath();
    const pointAt = (k: number) => pixels(scene, run, k);
    const most = scene.most && scene.most / scene.order.length;
    const length = cursor ? traceCurve(context, pointAt, from, to) : trace(context, pointAt, from, to, most);
    if (dash.length) offsets[run] = (offsets[run] || 0) + length;
    context.stroke();
    if (dots && scene.steps <= DOTS_UP_TO) drawDots(context, scene, run, from, to);
  }

  function drawLines(layers: Layers, scene: Placed, to: number): void {
    const from = Math.max(0, drawnTo);
    if (scene.band) fillBand(layers.fan!, scene, from, to);
    if (scene.fan) strokeFan(layers.fan!, scene, from, to);
    for (const run of scene.order) drawLine(layers, scene, run, from, to);
    drawnTo = to;
  }

  function drawLine(layers: Layers, scene: Placed, run: number, from: number, to: number): void {
    const context = apart.includes(run) ? layers.apart! : layers.lines;
    const end = Math.min(to, scene.ends[run]);
    if (end > from) strokeFrom(context, scene, run, from, end);
    context.globalAlpha = 1;
  }

  function drawApart(layers: Layers, scene: Placed): void {
    clear(layers.apart!);
    for (const run of scene.order.filter((one) => apart.includes(one))) {
      offsets[run] = 0;
      drawLine(layers, scene, run, 0, drawnTo);
    }
  }

  function begin(layers: Layers, runs: readonly number[]): void {
    drawnTo = -1;
    offsets = [];
    apart = runs;
    for (const context of [layers.lines, layers.apart, layers.fan]) if (context) clear(context);
  }

  function draw(scene: Scene, fresh: Fresh): boolean {
    const layers = layersOver(graph, { held, fanned: Boolean(scene.fan || scene.band) });
    if (layers === null) return false;
    const { xaxis, yaxis } = graph._fullLayout;
    maps = { x: pixelMap(xaxis), y: pixelMap(yaxis) };
    const placed = { ...scene, maps };
    const to = Math.floor(scene.time);
    const above = (held && scene.apart) || [];
    const same = above.length > 0 && String(above) === String(apart);
    const onlyApart = fresh === "apart" && same && to >= drawnTo && !scene.fan;
    if ((fresh && !onlyApart) || to < drawnTo) begin(layers, above);
    if (to > drawnTo) drawLines(layers, placed, to);
    if (onlyApart) drawApart(layers, placed);
    clear(layers.heads);
    if (cursor) drawCursor(layers.heads, placed);
    drawHeads(layers.heads, placed, dots);
    return true;
  }

  return { draw, maps: () => maps };
}

// A dot at every step shows how long the steps are.
function drawDots(context: Context, scene: Placed, run: number, from: number, to: number): void {
  context.beginPath();
  for (let k = from + 1; k <= to; k++) {
    const [x, y] = pixels(scene, run, k);
    if (!near(x) || !near(y)) continue;
    context.moveTo(x + 2.1, y);
    context.arc(x, y, 2.1, 0, 2 * Math.PI);
  }
  context.fill();
}
