// A query with the runs of another one: everything else of it stays as it was written.
import assert from "node:assert/strict";
import { test } from "node:test";

import { withRuns } from "../../client/shell/pages.ts";

test("runs take the place of those that were there", () => {
  const query = "surface=formula:x%5E2%20+%20y&start=1,2&run=adam,label=a+%26+b&run=momentum&seed=3";
  assert.equal(
    withRuns(query, "run=nadam&run=adam"),
    "surface=formula:x%5E2%20+%20y&start=1,2&seed=3&run=nadam&run=adam",
  );
  assert.equal(withRuns("", "run=nadam"), "run=nadam");
});
