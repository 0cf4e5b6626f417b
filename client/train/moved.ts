// What was moved on the Train page past Dash.

import { createMoved } from "../runs/moved.ts";

export const moved = createMoved();
