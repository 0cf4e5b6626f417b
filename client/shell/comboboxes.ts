// Whether the list of a combobox is open: Mantine says which list it is while it is open, and nothing else.

function follow(records: readonly MutationRecord[]): void {
  for (const { target } of records) {
    const field = target as Element;
    if (field.getAttribute("role") !== "combobox") continue;
    field.setAttribute("aria-expanded", String(field.hasAttribute("aria-controls")));
  }
}

/** Lets all of them say so from now on. */
export function watchComboboxes(): void {
  new MutationObserver(follow).observe(document, { subtree: true, attributeFilter: ["aria-controls"] });
}
