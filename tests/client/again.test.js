// A real server closes a connection that is used again before it answers, as one does whose patience with it has ended.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import test from "node:test";
import { request } from "../../client/exporting/server.ts";
import { fetchAgain } from "../../client/wire/again.ts";
import { ask } from "../../client/wire/ask.ts";

const rested = () => new Promise((done) => setTimeout(done, 50)); // until the connection is free to be used again

// A server that answers the first question on a connection, and closes it when there comes another one: at most `closing`
// times, then it answers all. `asked` has the address of each question, `reused` counts those on a connection used before.
async function closing(times, action) {
  const world = { asked: [], reused: 0 };
  const used = new WeakSet();
  let left = times;
  const server = createServer((question, answer) => {
    world.asked.push(question.url);
    if (used.has(question.socket)) {
      world.reused += 1;
      if (left > 0) {
        left -= 1;
        question.socket.destroy();
        return;
      }
    }
    used.add(question.socket);
    question.resume().on("end", () => {
      answer.writeHead(200, { "Content-Type": "application/json" });
      answer.end('{"loss": 0.25}');
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  world.address = (path) => `http://127.0.0.1:${server.address().port}/${path}`;
  try {
    await action(world);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("a question whose connection is closed under it is asked once more", async () => {
  await closing(1, async (world) => {
    const paths = world.address("explore/paths");
    assert.deepEqual(await ask(paths, { steps: 1 }), { loss: 0.25 });
    await rested();
    assert.deepEqual(await ask(paths, { steps: 2 }), { loss: 0.25 });
    assert.deepEqual([world.asked.length, world.reused], [3, 1]);
  });
});

test("so is the export dialog's preview", async () => {
  await closing(1, async (world) => {
    await ask(world.address("health"), {});
    await rested();
    assert.deepEqual(await request(world.address("export/preview"), { question: {} }), { loss: 0.25 });
    assert.deepEqual([world.asked.length, world.reused], [3, 1]);
  });
});

test("a question that starts a job is asked once only", async () => {
  await closing(1, async (world) => {
    const own = globalThis.fetch;
    // As in the page, whose addresses are relative.
    globalThis.fetch = (address, asked) => own(new URL(address, world.address("")), asked);
    try {
      await request("export/preview", { question: {} });
      await rested();
      assert.equal(await request("export/jobs", { question: {} }), null);
    } finally {
      globalThis.fetch = own;
    }
    assert.deepEqual(world.asked, ["/export/preview", "/export/jobs"]);
  });
});

// A server whose questions all fail, to count them.
async function failing(failure, action) {
  const own = globalThis.fetch;
  let count = 0;
  globalThis.fetch = async () => {
    count += 1;
    throw failure();
  };
  try {
    await action();
  } finally {
    globalThis.fetch = own;
  }
  return count;
}

test("a server that is not there is asked twice, then it is told", async () => {
  const asked = await failing(
    () => new TypeError("Failed to fetch"),
    async () => assert.equal(await ask("explore/paths", {}), null),
  );
  assert.equal(asked, 2);
});

test("what was called off is not asked again", async () => {
  const stop = new AbortController();
  const asked = await failing(
    () => {
      stop.abort();
      return stop.signal.reason;
    },
    async () => assert.rejects(fetchAgain("export/preview", { signal: stop.signal })),
  );
  assert.equal(asked, 1);
});
