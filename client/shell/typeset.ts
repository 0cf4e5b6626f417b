// Formulas as the server sends them, MathML as text, become elements of the document.

const MATHML = "http://www.w3.org/1998/Math/MathML";
// Nothing that leads elsewhere, runs or hides: formulas may come with a link.
const ATTRIBUTES = new Set(
  (
    "accent accentunder columnalign display displaystyle fence form height largeop linethickness lspace mathvariant " +
    "maxsize minsize movablelimits rspace scriptlevel separator stretchy symmetric width"
  ).split(" "),
);

/** Shows the formula `mathml` as all that is in `element`. */
export function typeset(element: Element, mathml: string): void {
  const read = new DOMParser().parseFromString(mathml, "application/xml");
  element.replaceChildren(...taken(read.documentElement));
  requestAnimationFrame(() => letKeysScroll(element));
}

// A formula that is wider than its place scrolls, or the line around it does.
function letKeysScroll(element: Element): void {
  for (const place of [element, element.parentElement]) {
    if (!(place instanceof HTMLElement) || place.scrollWidth <= place.clientWidth) continue;
    if (getComputedStyle(place).overflowX === "auto") place.tabIndex = 0;
  }
}

/** `node` made anew of what a formula may have; nothing if it is no element of MathML. */
function taken(node: Element): Element[] {
  if (node.namespaceURI !== MATHML) return [];
  const made = document.createElementNS(MATHML, node.localName);
  for (const { name, value } of node.attributes) if (ATTRIBUTES.has(name)) made.setAttribute(name, value);
  for (const child of node.childNodes) {
    if (child instanceof Element) made.append(...taken(child));
    else if (child instanceof Text) made.append(child.data);
  }
  return [made];
}

/** Typesets what has the attribute `data-mathml`, now and whenever one comes or changes. */
export function watchFormulas(): void {
  const watch = { subtree: true, childList: true, attributeFilter: ["data-mathml"] };
  new MutationObserver((changes) => changes.forEach(follow)).observe(document, watch);
  fillWithin(document.documentElement);
}

function follow({ type, target, addedNodes }: MutationRecord): void {
  if (type === "attributes") fill(target as HTMLElement);
  // Text and the pieces of plots come often and hold no formulas.
  else for (const node of addedNodes) if (node instanceof HTMLElement) fillWithin(node);
}

function fillWithin(element: HTMLElement): void {
  fill(element);
  if (element.firstElementChild !== null) element.querySelectorAll<HTMLElement>("[data-mathml]").forEach(fill);
}

function fill(element: HTMLElement): void {
  const { mathml } = element.dataset;
  if (mathml !== undefined) typeset(element, mathml);
}
