// What Copy link does: the link goes into the clipboard, and the reader hears who can open it. A QR code is made when it
// is wanted.

import { copyText } from "../shell/clipboard.ts";
import { byId, make, tell } from "../shell/document.ts";
import { ask } from "../wire/ask.ts";
import { loopback, moved, type Place } from "./place.ts";

interface Code {
  /** The address of a picture. */
  readonly image: string;
  /** Its width in modules. */
  readonly modules: number;
}

const SHOWN = 6000; // ms for which it is told that a link was copied, if nobody looks at it
const READ = 15_000; // ms for more than that
const MODULE = 5; // pixels
const LARGEST = 400; // pixels of a code
const ONLY_HERE = "It opens only on this machine.";
const HOW =
  "To show it to a class, start Fall Line with HOST=0.0.0.0; it then tells the address at which others find it.";

let closing: ReturnType<typeof setTimeout> | undefined;

/** Copies the link to this page with `query`, and tells of it. */
export async function share(query: string): Promise<void> {
  const link = `${location.origin}${location.pathname}?${query}`;
  showMore([]);
  await copy(link);
  if (!loopback(location.hostname)) showMore([codeButton(link)]);
  else showMore(await elsewhere(link));
  listen();
}

async function copy(link: string): Promise<void> {
  tell("copied", (await copyText(link)) ? "Link copied" : `Copy this: ${link}`);
  closeAfter(SHOWN);
}

// What is told of a link that opens on this machine only.
async function elsewhere(link: string): Promise<Node[]> {
  const place = await ask<Place>("share/place", {});
  closeAfter(READ);
  const network = place !== null && place.problem === undefined ? place.network : "";
  if (network === "") return [make("p", {}, `${ONLY_HERE} ${HOW}`)];
  const theirs = moved(link, network);
  const button = make("button", { type: "button", className: "button" }, "Copy that link");
  button.addEventListener("click", () => copy(theirs));
  return [
    make("p", {}, [`${ONLY_HERE} Others in your network find it at `, make("b", {}, network), "."]),
    make("div", { className: "copied-buttons" }, [button, codeButton(theirs)]),
  ];
}

function codeButton(link: string): HTMLButtonElement {
  const button = make("button", { type: "button", className: "button" }, "QR code");
  button.addEventListener("click", () => showCode(link, button), { once: true });
  return button;
}

async function showCode(link: string, button: HTMLButtonElement): Promise<void> {
  const code = await ask<Code>("share/code", { link });
  const drawn = code !== null && code.problem === undefined ? picture(code, link) : null;
  const told = drawn ?? make("p", {}, code?.problem ?? "The server does not answer; try again in a moment.");
  clearTimeout(closing);
  if (drawn !== null) button.remove();
  else button.addEventListener("click", () => showCode(link, button), { once: true });
  byId("copied-more").querySelector(".copied-code")?.remove();
  byId("copied-more").append(make("div", { className: "copied-code" }, told));
}

function picture({ image, modules }: Code, link: string): HTMLImageElement {
  const side = Math.min(LARGEST, modules * MODULE);
  return make("img", { src: image, width: side, height: side, alt: `QR code of ${link}` });
}

function showMore(nodes: readonly Node[]): void {
  const place = byId("copied-more");
  place.replaceChildren(...nodes);
  place.hidden = nodes.length === 0;
}

function close(): void {
  clearTimeout(closing);
  tell("copied", "");
  if (document.getElementById("copied-more")) showMore([]);
  removeEventListener("pointerdown", closeOutside, true);
  removeEventListener("keydown", closeByKey, true);
}

function closeAfter(pause: number): void {
  clearTimeout(closing);
  const looked = () => document.querySelector(".copied:is(:hover, :focus-within)") !== null;
  closing = setTimeout(() => (looked() ? closeAfter(SHOWN) : close()), pause);
}

function listen(): void {
  addEventListener("pointerdown", closeOutside, true);
  addEventListener("keydown", closeByKey, true);
}

function closeOutside({ target }: Event): void {
  if (!(target instanceof Element && target.closest(".copy"))) close();
}

function closeByKey({ key }: KeyboardEvent): void {
  if (key !== "Escape") return;
  const inside = document.activeElement?.closest(".copied");
  const button = inside?.parentElement?.querySelector<HTMLElement>("button");
  close();
  button?.focus();
}
