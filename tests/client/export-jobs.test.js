// Running exports are asked after until they are over, over silences and reloads; time and server are the test's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createJobs } from "../../client/exporting/jobs.ts";

// Answers are given by the test: server[id] is what the server knows, null that it does not answer.
function opened(stored = []) {
  let kept = JSON.stringify(stored);
  const world = { server: {}, asked: [], done: [], changes: 0, timers: [], down: false };
  const ask = async (address, settings = {}) => {
    world.asked.push([settings.method || "GET", address]);
    if (world.down) return null;
    const id = address.split("/")[2];
    if (!(id in world.server)) return { gone: true, problem: "Gone." };
    if (address.endsWith("cancel")) world.server[id] = { ...world.server[id], kind: "cancelled" };
    return { ...world.server[id] };
  };
  world.jobs = createJobs({
    store: { load: () => JSON.parse(kept), save: (all) => (kept = JSON.stringify(all)) },
    request: ask,
    onChange: () => (world.changes += 1),
    onDone: (entry) => world.done.push(entry.id),
    later: (action, pause) => world.timers.push({ action, pause }),
    now: () => 1000,
  });
  // Lets the one timer that is set run out.
  world.tick = async () => {
    assert.equal(world.timers.length, 1);
    const { action, pause } = world.timers.shift();
    await action();
    return pause;
  };
  world.kinds = () => world.jobs.all().map((entry) => entry.kind);
  return world;
}

const job = (id, kind = "waiting", more = {}) => ({ id, kind, name: `${id}.gif`, ...more });

test("a job is followed to its end, told of once, and then left alone", async () => {
  const world = opened();
  world.jobs.add(job("a"));
  world.server.a = job("a", "drawing", { done: 3, total: 9 });
  await world.tick();
  assert.deepEqual(world.jobs.all(), [{ when: 1000, ...job("a", "drawing", { done: 3, total: 9 }) }]);
  world.server.a = job("a", "done", { size: 5 });
  await world.tick();
  assert.deepEqual(world.kinds(), ["done"]);
  assert.deepEqual(world.done, ["a"]);
  assert.equal(world.timers.length, 0);
});

test("two jobs share one timer, and each has its own state", async () => {
  const world = opened();
  world.jobs.add(job("a"));
  world.jobs.add(job("b"));
  Object.assign(world.server, { a: job("a", "done"), b: job("b", "waiting", { ahead: 2 }) });
  await world.tick();
  assert.deepEqual(
    world.jobs.all().map(({ id, kind }) => [id, kind]),
    [
      ["b", "waiting"],
      ["a", "done"],
    ],
  );
  await world.tick();
  assert.deepEqual(
    world.asked.map(([, address]) => address),
    ["export/jobs/b", "export/jobs/a", "export/jobs/b"],
  );
});

test("what was running before a reload is asked after again", async () => {
  const world = opened([job("a", "drawing"), job("b", "cancelled")]);
  world.server.a = job("a", "done");
  world.jobs.watch();
  await world.tick();
  assert.deepEqual(world.kinds(), ["done", "cancelled"]);
});

test("a server that does not answer is asked more and more rarely, and the job goes on when it is back", async () => {
  const world = opened();
  world.jobs.add(job("a"));
  world.server.a = job("a", "drawing", { done: 1, total: 2 });
  world.down = true;
  const pauses = [];
  for (let k = 0; k < 7; k++) pauses.push(await world.tick());
  assert.deepEqual(pauses, [1000, 1000, 2000, 4000, 8000, 8000, 8000]);
  assert.ok(world.jobs.lost());
  assert.deepEqual(world.kinds(), ["waiting"]);
  world.down = false;
  await world.tick();
  assert.ok(!world.jobs.lost());
  assert.deepEqual(world.kinds(), ["drawing"]);
  assert.equal(await world.tick(), 300);
});

test("losing the server and finding it are changes", async () => {
  const world = opened([job("a", "drawing")]);
  world.server.a = job("a", "drawing");
  world.jobs.watch();
  world.down = true;
  await world.tick();
  assert.equal(world.changes, 1);
  await world.tick();
  assert.equal(world.changes, 1);
  world.down = false;
  await world.tick();
  assert.ok(world.changes > 1);
});

test("a worker that died puts the job back among those that wait", async () => {
  const world = opened([job("a", "drawing", { done: 5, total: 9 })]);
  world.server.a = job("a", "waiting", { done: 0, total: 0, worker: false });
  world.jobs.watch();
  await world.tick();
  assert.deepEqual(world.kinds(), ["waiting"]);
  assert.equal(world.timers.length, 1);
});

test("an answer that comes after a cancellation doesn't bring the job back", async () => {
  const world = opened();
  world.jobs.add(job("a", "drawing"));
  world.server.a = job("a", "drawing");
  await world.jobs.cancel("a");
  assert.deepEqual(world.kinds(), ["cancelled"]);
  assert.deepEqual(world.asked, [["POST", "export/jobs/a/cancel"]]);
  world.server.a = job("a", "done");
  await world.tick();
  assert.deepEqual(world.kinds(), ["cancelled"]);
  assert.deepEqual(world.done, []);
});

test("a running job that the server doesn't know has failed; a finished one's file has expired", async () => {
  const world = opened([job("a", "waiting"), job("b", "done")]);
  world.jobs.watch();
  await world.tick();
  assert.deepEqual(world.kinds(), ["failed", "done"]);
  assert.equal(world.jobs.all()[0].problem, "Gone.");
  await world.jobs.refresh();
  assert.deepEqual(world.kinds(), ["failed", "expired"]);
});

test("a file whose time is over has expired without a question", async () => {
  const world = opened([job("a", "done", { expires: 0.999 }), job("b", "done", { expires: 1.001 })]);
  world.server.b = job("b", "done", { expires: 1.001 });
  await world.jobs.refresh();
  assert.deepEqual(world.kinds(), ["expired", "done"]);
  assert.deepEqual(world.asked, [["GET", "export/jobs/b"]]);
});

test("looking again at a finished file doesn't tell of it again", async () => {
  const world = opened([job("b", "done")]);
  world.server.b = job("b", "done");
  await world.jobs.refresh();
  assert.deepEqual(world.done, []);
  assert.deepEqual(world.kinds(), ["done"]);
});

test("an error of the server changes nothing, and it is asked again", async () => {
  const world = opened([job("a", "drawing")]);
  world.server.a = { problem: "The server failed at this (status 500)." };
  world.jobs.watch();
  await world.tick();
  assert.deepEqual(world.kinds(), ["drawing"]);
  assert.equal(world.timers.length, 1);
});

test("the six newest are kept, the newest first", () => {
  const world = opened();
  for (const id of "abcdefgh") world.jobs.add(job(id, "saved"));
  assert.deepEqual(
    world.jobs.all().map((entry) => entry.id),
    ["h", "g", "f", "e", "d", "c"],
  );
  assert.equal(world.timers.length, 0);
});
