// Which keys are meant for a player, and which for what has the focus.

const TYPING = "input, textarea, select, [role=slider], [role=menu], [role=dialog], [contenteditable], .start-handle";
const PRESSING = "button, a, label, summary";
const SCROLLING = "[role=region]"; // arrows scroll it, as long as it has the focus

const within = (target: EventTarget | null, what: string): boolean =>
  target instanceof Element && target.closest(what) !== null;

/** Whether keys belong to what has the focus. */
export const typing = (target: EventTarget | null): boolean => within(target, TYPING);

/** Whether a space presses what has the focus. */
export const pressing = (target: EventTarget | null): boolean => within(target, PRESSING);

/** Whether arrows scroll what has the focus. */
export const scrolling = (target: EventTarget | null): boolean => within(target, SCROLLING);

/** Whether no other key is held down with it. */
export const alone = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey;
