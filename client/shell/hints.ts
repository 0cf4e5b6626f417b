// What `data-hint` of an element explains: told under a mouse that rests on it, at a tap, and when the keyboard comes to
// it. Where the keyboard comes to a slider it is asked for with `?`, and told of what stands before the slider.

import { make } from "./document.ts";

const REST = 350; // ms until a mouse means it
const GAP = 6; // px

let tip: HTMLElement | null = null;
let of: Element | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

const hinted = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[data-hint]") : null;

function show(element: HTMLElement): void {
  hide();
  tip = make("div", { role: "tooltip", id: "hint", className: "hint-tip" }, element.dataset.hint ?? "");
  (element.closest("main") ?? document.body).append(tip);
  of = element;
  element.setAttribute("aria-describedby", tip.id);
  place(element.getBoundingClientRect(), tip);
}

function place({ left, top, bottom }: DOMRect, { style, offsetWidth, offsetHeight }: HTMLElement): void {
  const below = bottom + GAP + offsetHeight <= innerHeight;
  style.left = `${Math.max(GAP, Math.min(left, innerWidth - offsetWidth - GAP))}px`;
  style.top = `${below ? bottom + GAP : Math.max(GAP, top - GAP - offsetHeight)}px`;
}

function hide(): void {
  clearTimeout(timer);
  of?.removeAttribute("aria-describedby");
  tip?.remove();
  tip = of = null;
}

function onOver(event: PointerEvent): void {
  const element = hinted(event.target);
  if (event.pointerType === "touch" || element === of) return;
  hide();
  if (element !== null && event.buttons === 0) timer = setTimeout(show, REST, element);
}

// A second tap puts it away.
function onClick(event: MouseEvent): void {
  const element = hinted(event.target);
  const again = element !== null && element === of && (event as PointerEvent).pointerType === "touch";
  if (element === null || again) hide();
  else show(element);
}

function onFocus({ target }: FocusEvent): void {
  const element = hinted(target);
  if (element === null || !(target as Element).matches(":focus-visible")) hide();
  else if (element !== of) show(element);
}

function onKey(event: KeyboardEvent): void {
  if (event.key === "Escape") return hide();
  const slider = event.target instanceof Element ? event.target.closest(".hyper-slider") : null;
  const element = slider?.parentElement?.querySelector<HTMLElement>("[data-hint]");
  if (event.key !== "?" || !element) return;
  event.preventDefault();
  show(element);
}

/** Tells hints from now on. */
export function listenToHints(): void {
  document.addEventListener("pointerover", onOver);
  document.addEventListener("click", onClick);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("keydown", onKey);
  document.addEventListener("scroll", hide, { capture: true, passive: true });
}
