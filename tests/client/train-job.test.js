import assert from "node:assert/strict";
import { test } from "node:test";
import { isSentence, standing } from "../../client/train/job.ts";

const job = (more) => ({ kind: "waiting", problem: "", worker: true, ahead: 0, asked: true, ...more });

test("what is offered is told with its estimate, and why the last try failed", () => {
  const offered = job({ kind: "offered", takes: "12 minutes" });
  assert.equal(standing(offered, ""), "Takes about 12 minutes; it goes on if you leave the page.");
  const failed = job({ kind: "failed", problem: "The disk is full.", takes: "2 minutes" });
  assert.equal(standing(failed, ""), "The disk is full. Takes about 2 minutes; it goes on if you leave the page.");
  assert.ok(isSentence(offered) && isSentence(failed));
});

test("who waits is told for how many, or that there is no worker", () => {
  assert.deepEqual(
    [0, 1, 3].map((ahead) => standing(job({ ahead }), "0 %")),
    ["Next to be trained", "1 training before this one", "3 trainings before this one"],
  );
  const nobody = job({ worker: false });
  assert.equal(standing(nobody, ""), "No worker is running; this training waits until one is started.");
  assert.deepEqual([isSentence(job({})), isSentence(nobody)], [false, true]);
});

test("what is trained is told by how far it has come", () => {
  assert.equal(standing(job({ kind: "drawing" }), "34 %, about 5 min left"), "34 %, about 5 min left");
});
