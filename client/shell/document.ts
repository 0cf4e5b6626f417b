// Elements of the document: how they are made, found and written.

/** The element with this id, which is there. */
export function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}

/** Writes only what is new, so that a screen reader isn't told the same again; without text the element is hidden. */
export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}

/** Writes into the element with this id, if there is one. */
export function tell(id: string, text: string): void {
  const place = document.getElementById(id);
  if (place) write(place, text);
}

type Child = Node | string;

/** make("label", {className: "row", "data-x": 1}, ["text", child]) — names with a hyphen become attributes. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  settings: Record<string, unknown> = {},
  children: Child | readonly Child[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (name.includes("-") || name === "role" || name === "for" || name === "scope")
      made.setAttribute(name, String(value));
    else Object.assign(made, { [name]: value });
  }
  made.append(...(Array.isArray(children) ? children : [children]));
  return made;
}
