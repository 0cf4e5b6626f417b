// An export shows what is seen, as long as the server can show it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { seen } from "../../client/explore/exported-view.ts";

test("what the reader has zoomed to is exported, unless the start could not be there", () => {
  const domain = [-3, 3, -3, 3];
  const wide = [-9, 9, -9, 9];
  const of = (start, shown, view = wide) => seen({ start, view, step: 7 }, shown, domain);
  assert.deepEqual(of([1, 1], [0, 0.5, 0, 0.5]), { start: [1, 1], view: [0, 0.5, 0, 0.5], step: null });
  assert.deepEqual(of([8, 8], [7, 9, 7, 9]).view, [7, 9, 7, 9]);
  assert.deepEqual(of([8, 8], [0, 0.5, 0, 0.5]).view, wide);
  assert.equal(of([1, 1], null, null).view, null);
});
