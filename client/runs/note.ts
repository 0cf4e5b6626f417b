// The note on a published experiment, and its name in the menu. Both hold as long as nothing is changed that the note
// speaks of; from then on the note is told as that of the published experiment, with a way back to it.

import { props } from "../dash/dash.ts";
import { byId, tell } from "../shell/document.ts";

export interface Published {
  readonly title: string;
  readonly lesson: string;
}

interface Parts {
  /** The note's id; head, text and button have the same one and an ending. */
  readonly id: string;
  /** The menu's id. */
  readonly menu: string;
}

/** What is published under `name`, and whether it still is what is shown. */
export interface Shown {
  readonly name: string;
  readonly published: Published;
  readonly holds: boolean;
}

export interface Note {
  /** Shows the note on what the experiment is, or began as. */
  show(shown: Shown | null): void;
  /** A visit of the page begins, whose menu has chosen `name`. */
  begin(name: string | null): void;
}

export function createNote({ id, menu }: Parts): Note {
  let chosen: string | null = null; // in the menu

  function show(shown: Shown | null): void {
    const name = shown?.holds ? shown.name : null;
    if (name !== chosen) props(menu, { value: name });
    chosen = name;
    byId(id).hidden = shown === null;
    if (shown === null) return;
    const { published, holds } = shown;
    // Nothing under the note may move while a slider is held: both have the same lines.
    tell(`${id}-head`, holds ? published.title : "As published:");
    tell(`${id}-text`, published.lesson);
    Object.assign(byId(`${id}-back`), { hidden: holds, title: `Back to “${published.title}”` });
  }

  return {
    show,
    begin(name) {
      chosen = name;
    },
  };
}
