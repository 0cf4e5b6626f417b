// What a page tells of its connection to the server.

import { tell } from "../shell/document.ts";
import { type Connection, createConnection } from "../wire/connection.ts";

interface Parts {
  readonly mounted: () => boolean;
  /** How long the oldest question waits for its answer, in ms. */
  readonly waiting: () => number;
  /** The server is back: what was under way is forgotten, and asked again. */
  readonly onBack: () => void;
}

/** Watches over the connection of a page. */
export function connectPage({ mounted, waiting, onBack }: Parts): Connection {
  return createConnection({
    waiting: () => (mounted() ? waiting() : 0),
    onBusy: (busy) => mounted() && tell("working", busy ? "Working…" : ""),
    onLost: () => tell("connection", "The server does not answer. Your experiment is safe in this page; trying again…"),
    onBack() {
      tell("connection", "");
      if (mounted()) onBack();
    },
  });
}
