import assert from "node:assert/strict";
import test from "node:test";
import { ask } from "../../client/wire/ask.ts";
import { askEarly, forgetEarly } from "../../client/wire/early.ts";

const QUESTION = { surface: "booth", steps: 3 };

function server(answers) {
  const asked = [];
  globalThis.fetch = async (address, { method = "GET", body } = {}) => {
    asked.push([method, address, body]);
    return answers();
  };
  return asked;
}

const told = (data) => () => new Response(JSON.stringify(data), { headers: { "Content-Type": "application/json" } });

test("the answer to a question that was asked early is taken once", async () => {
  const asked = server(told({ points: 7 }));
  askEarly("explore/paths", QUESTION);
  assert.deepEqual(await ask("explore/paths", { ...QUESTION }), { points: 7 });
  assert.deepEqual(asked, [["GET", `explore/paths?q=${encodeURIComponent(JSON.stringify(QUESTION))}`, undefined]]);
  assert.deepEqual(await ask("explore/paths", QUESTION), { points: 7 });
  assert.deepEqual(asked[1], ["POST", "explore/paths", JSON.stringify(QUESTION)]);
});

test("another question, or the same to another address, is asked anew", async () => {
  const asked = server(told({}));
  askEarly("explore/paths", QUESTION);
  await ask("explore/paths", { ...QUESTION, steps: 4 });
  await ask("explore/contour", QUESTION);
  assert.deepEqual(
    asked.map(([method]) => method),
    ["GET", "POST", "POST"],
  );
});

test("a server that can't be reached is the same early and late", async () => {
  server(() => Promise.reject(new TypeError("Failed to fetch")));
  askEarly("explore/paths", { ...QUESTION, steps: 9 });
  await new Promise((done) => setTimeout(done));
  assert.equal(await ask("explore/paths", { ...QUESTION, steps: 9 }), null);
});

test("what can't be asked early, or got no answer, is asked as usual", async () => {
  let fails = true;
  const asked = server(() => (fails ? new Response("", { status: 400 }) : told({ points: 1 })()));
  askEarly("explore/paths", { ...QUESTION, label: "x".repeat(4000) });
  assert.deepEqual(asked, []);
  askEarly("explore/paths", QUESTION);
  await new Promise((done) => setTimeout(done));
  fails = false;
  assert.deepEqual(await ask("explore/paths", QUESTION), { points: 1 });
  assert.deepEqual(
    asked.map(([method]) => method),
    ["GET", "POST"],
  );
});

test("what was asked early and not taken is called off and forgotten", async () => {
  const signals = [];
  globalThis.fetch = async (_, { signal, method = "GET" }) => {
    signals.push([method, signal]);
    return told({})();
  };
  askEarly("explore/contour", QUESTION);
  forgetEarly();
  assert.equal(signals[0][1].aborted, true);
  await ask("explore/contour", QUESTION);
  assert.equal(signals[1][0], "POST");
});
