// The page in a frame of another page: its root says so, which the server has written there.

/** How the page around the frame is told the height that this one wants, in pixels. */
interface HeightMessage {
  readonly type: "fall-line-height";
  readonly height: number;
}

const asked = (): string | undefined => globalThis.document?.documentElement.dataset.embedding;

/** Whether the page is shown in a frame of another page. */
export const embedded = (): boolean => asked() !== undefined;

/** `query` as the address has it: that of an embedded page goes on to ask for it. */
export const kept = (query: string): string => (embedded() ? `${query}&${asked()}` : query);

// The query of the address without what asks for a frame.
const own = (): string =>
  location.search
    .slice(1)
    .split("&")
    .filter((field) => !/^(embed|hide|theme)(=|$)/.test(field))
    .join("&");

/**
 * Lets what leads out of an embedded page open in a window of its own, and the link under it lead to what is seen: the
 * query that `wanted` returns.
 */
export function listenToLinks(wanted: () => string | null): void {
  const aim = ({ target }: Event): void => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>("#open-whole, main a[href]") : null;
    if (link === null || !embedded()) return;
    link.target = "_blank";
    if (link.id === "open-whole") link.href = `${location.pathname}?${wanted() || own()}`;
  };
  for (const event of ["pointerdown", "focusin", "click"]) addEventListener(event, aim, true);
}

let observer: ResizeObserver | null = null;
let told = 0;

/** Tells the page around the frame the height that this one wants, now and whenever it is another. */
export function followHeight(): void {
  if (!embedded() || parent === window) return;
  observer?.disconnect();
  observer = new ResizeObserver(tell);
  for (const part of document.querySelectorAll(".explore, .stage, .response, .response-stage, .train, .train-stage"))
    observer.observe(part);
  tell();
}

// The stage takes what room the frame leaves over; without that the height doesn't depend on the frame's.
function tell(): void {
  const page = document.querySelector<HTMLElement>("#shell, .explore, .response, .train");
  const stage = page?.querySelector<HTMLElement>(".stage, .response-stage, .train-stage");
  if (!page || !stage) return;
  const least = Number.parseFloat(getComputedStyle(stage).minHeight);
  if (!(least > 0)) return; // the style sheet is yet to come
  const height = Math.ceil(page.offsetHeight - stage.offsetHeight + least);
  if (height === told) return;
  told = height;
  const message: HeightMessage = { type: "fall-line-height", height };
  parent.postMessage(message, "*"); // whoever frames it; a height is no secret
}
