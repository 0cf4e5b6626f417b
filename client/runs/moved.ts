// What was moved past Dash, whose state follows at rest.

export interface Moved {
  /** Remembers how Dash is told of what the element `id` shows. */
  add(id: string, sync: () => void): void;
  /** Tells Dash of all, and forgets them. */
  settle(): void;
  /** Puts all back where the experiment says. */
  takeBack(): void;
  clear(): void;
  none(): boolean;
}

export function createMoved(): Moved {
  const moved = new Map<string, () => void>();
  return {
    add: (id, sync) => moved.set(id, sync),
    settle() {
      const all = [...moved.values()];
      moved.clear();
      for (const sync of all) sync();
    },
    takeBack() {
      for (const sync of moved.values()) sync();
    },
    clear: () => moved.clear(),
    none: () => moved.size === 0,
  };
}
