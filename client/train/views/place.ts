// A place that is read: under the pointer, or where the arrow keys have moved it.

/** Across and down, in units of whoever reads it. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface PlaceActions {
  /** The place under the pointer, or null beside all that can be read. */
  pointed(event: PointerEvent): Place | null;
  /** The place so many steps of the keys from another one, or from the middle. */
  stepped(from: Place | null, across: number, down: number): Place;
  /** The place is another one, or none. */
  moved(place: Place | null): void;
  /** The pointer has gone. */
  left(): void;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const FAR = 4; // steps with the shift key

export const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** Follows pointer and keys in `element`. */
export function listenToPlace(element: HTMLElement, { pointed, stepped, moved, left }: PlaceActions): void {
  let place: Place | null = null;

  function move(next: Place | null): void {
    place = next;
    moved(place);
  }

  function onKey(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (event.key === "Escape") return move(null);
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? FAR : 1;
    move(stepped(place, far * step[0], far * step[1]));
  }

  element.addEventListener("pointermove", (event) => move(pointed(event)));
  element.addEventListener("pointerdown", (event) => move(pointed(event)));
  element.addEventListener("pointerleave", (event) => {
    left();
    if (event.pointerType !== "touch") move(null); // what a finger points at stays to be read
  });
  element.addEventListener("keydown", onKey);
}
