// Links to parts of the page, for the keyboard. They don't go into the address, which holds the experiment.

function onClick(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(".skip-links a") : null;
  const part = link && document.getElementById(link.hash.slice(1));
  if (link === null) return;
  event.preventDefault();
  if (!part) return;
  if (!part.hasAttribute("tabindex")) part.tabIndex = -1;
  part.focus();
}

/** Follows such links from now on. */
export const listenToSkipLinks = (): void => document.addEventListener("click", onClick);
