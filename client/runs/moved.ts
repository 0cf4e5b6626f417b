// What was moved past Dash, whose state follows at rest.

export interface Moved {
  /** Remembers how Dash is told of what the element `id` shows. */
  add(id: string, sync: () => void): void;
  /** Tells Dash of all, and forgets them. */
  settle(): void;
  /** Puts all back where the experiment says, but for the element in which a reader types. */
  takeBack(typing: string | null): void;
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
    takeBack(typing) {
      for (const [id, sync] of moved) if (id !== typing) sync();
    },
    clear: () => moved.clear(),
    none: () => moved.size === 0,
  };
}
