import assert from "node:assert/strict";
import test from "node:test";
import { ask } from "../../client/wire/ask.ts";
import { askEarly } from "../../client/wire/early.ts";

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
