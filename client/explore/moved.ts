// What was moved on the Explore page past Dash.

import { createMoved } from "../runs/moved.ts";

export const moved = createMoved();
