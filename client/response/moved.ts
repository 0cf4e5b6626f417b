// What was moved on the Response page past Dash.

import { createMoved } from "../runs/moved.ts";

export const moved = createMoved();
