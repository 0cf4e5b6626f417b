import assert from "node:assert/strict";
import { test } from "node:test";
import { remembering } from "../../client/walking/programs.ts";

const settled = () => new Promise((done) => setImmediate(done));

test("what has come is asked for once; where there is none, no more", async () => {
  const asked = [];
  const load = async (place) => {
    asked.push(place);
    return place === "none" ? null : place;
  };
  const get = remembering(load, () => 0);
  assert.equal(get("adam"), null);
  assert.equal(get("adam"), null);
  get("none");
  await settled();
  assert.equal(get("adam"), "adam");
  assert.equal(get("none"), null);
  assert.deepEqual(asked, ["adam", "none"]);
});

test("what failed is asked for again, after five seconds", async () => {
  let [time, asked, fails] = [100, 0, true];
  const load = async () => {
    asked += 1;
    if (fails) throw new Error("no server");
    return "program";
  };
  const get = remembering(load, () => time);
  get("adam");
  await settled();
  time = 5099;
  assert.equal(get("adam"), null);
  assert.equal(asked, 1);
  time = 5101;
  fails = false;
  assert.equal(get("adam"), null);
  await settled();
  assert.equal(get("adam"), "program");
  assert.equal(asked, 2);
});
