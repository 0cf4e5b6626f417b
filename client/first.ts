// Stands in the page's head and runs before anything is painted: the theme that the reader has chosen.

import { apply } from "./shell/theme.ts";

apply();
