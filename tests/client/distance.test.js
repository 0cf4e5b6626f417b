import assert from "node:assert/strict";
import test from "node:test";
import { distance } from "../../client/wire/distance.ts";

function files(...waits) {
  const entries = waits.map(([wait, transferSize]) => ({ requestStart: 100, responseStart: 100 + wait, transferSize }));
  performance.getEntriesByType = () => entries;
  return distance()["Fall-Line-Distance"];
}

test("a server is as far as its quickest file", () => {
  assert.equal(files([210, 900], [204, 400], [350, 100]), "far");
  assert.equal(files([210, 900], [3, 400], [350, 100]), "near");
});

test("what comes from the browser's own store says nothing", () => {
  assert.equal(files([0, 0], [204, 400]), "far");
  assert.equal(files([0, 0]), "near");
  assert.equal(files(), "near");
});
