// The player's clock, driven by frames that the test makes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, createPlayer, stepsPerSecond } from "../../client/player/player.ts";

function staged(steps, settings = {}) {
  const [times, changes] = [[], []];
  let frames = [];
  const player = createPlayer({
    onFrame: (clock) => times.push(clock.time),
    onChange: (clock) => changes.push(clock.playing),
    request: (frame) => frames.push(frame),
  });
  Object.assign(player.clock, { steps, ...settings });
  function tick(stamp) {
    const due = frames;
    frames = [];
    due.forEach((frame) => frame(stamp));
  }
  return { player, clock: player.clock, times, changes, tick, scheduled: () => frames.length };
}

test("a path takes 8 s, a short one less, and twice the speed half of it", () => {
  for (const [steps, seconds] of [
    [1, 1],
    [4, 1],
    [8, 2],
    [32, 8],
    [125, 8],
    [10000, 8],
  ]) {
    assert.ok(Math.abs(steps / stepsPerSecond(steps, 1) - seconds) < 1e-12);
    assert.equal(stepsPerSecond(steps, 2), 2 * stepsPerSecond(steps, 1));
    assert.equal(stepsPerSecond(steps, 0.25), stepsPerSecond(steps, 1) / 4);
  }
});

test("time advances in proportion, whatever the length of the frames", () => {
  let clock = { time: 0, steps: 80, speed: 1, loop: false };
  for (let k = 0; k < 100; k++) clock = { ...clock, ...advance(clock, 0.04) };
  assert.ok(Math.abs(clock.time - 40) < 1e-9);
  assert.deepEqual(advance({ time: 0, steps: 80, speed: 1, loop: false }, 4), { time: 40, playing: true });
});

test("at the end a clock stops there, and one that loops starts again", () => {
  const late = { time: 79, steps: 80, speed: 1 };
  assert.deepEqual(advance({ ...late, loop: false }, 60), { time: 80, playing: false });
  assert.deepEqual(advance({ ...late, loop: false }, 0.1), { time: 80, playing: false });
  assert.deepEqual(advance({ ...late, loop: true }, 60), { time: 0, playing: true });
});

test("playing walks to the end, tells once when it begins and once when it ends", () => {
  const { player, clock, times, changes, tick, scheduled } = staged(80);
  player.play();
  for (let stamp = 0; stamp <= 9000; stamp += 100) tick(stamp);
  assert.equal(clock.time, 80);
  assert.equal(clock.playing, false);
  assert.deepEqual(changes, [true, false]);
  assert.equal(scheduled(), 0);
  times.forEach((time, k) => assert.ok(k === 0 || time > times[k - 1]));
  assert.equal(times[0], 0);
});

test("the first frame after a pause doesn't count the pause", () => {
  const { player, clock, tick } = staged(80);
  player.play();
  tick(0);
  tick(1000);
  player.pause();
  tick(1016);
  player.play();
  tick(60000);
  assert.equal(clock.time, 10);
  tick(60100);
  assert.equal(clock.time, 11);
});

test("play at the end begins at the start", () => {
  const { player, clock } = staged(80, { time: 80 });
  player.play();
  assert.deepEqual([clock.time, clock.playing], [0, true]);
});

test("a loop goes on until it is paused", () => {
  const { player, clock, tick, scheduled } = staged(80, { loop: true });
  player.play();
  for (let stamp = 0; stamp <= 20000; stamp += 100) tick(stamp);
  assert.equal(clock.playing, true);
  player.toggle();
  tick(20100);
  assert.deepEqual([clock.playing, scheduled()], [false, 0]);
});

test("play while it plays changes nothing", () => {
  const { player, changes, times, tick } = staged(80);
  player.play();
  player.play();
  tick(0);
  assert.deepEqual([changes, times], [[true], [0]]);
});

test("a speed chosen while playing holds from then on", () => {
  const { player, clock, tick } = staged(80);
  player.play();
  tick(0);
  tick(1000);
  clock.speed = 4;
  tick(2000);
  assert.equal(clock.time, 50);
});

test("there is one frame at a time, however often play and pause change in between", () => {
  const { player, times, tick } = staged(80);
  player.play();
  player.pause();
  player.play();
  player.toggle();
  player.toggle();
  for (const stamp of [0, 16, 32]) tick(stamp);
  assert.equal(times.length, 3);
});

test("seeking stops the clock and stays within the path", () => {
  const { player, clock, changes } = staged(80);
  player.play();
  player.seek(33);
  assert.deepEqual([clock.time, clock.playing], [33, false]);
  player.seek(-5);
  assert.equal(clock.time, 0);
  player.seek(500);
  assert.equal(clock.time, 80);
  assert.deepEqual(changes, [true, false, false, false]);
});

test("a step forward or back goes to whole steps", () => {
  const { player, clock } = staged(80, { time: 2.5 });
  player.forward(1);
  assert.equal(clock.time, 3);
  player.forward(1);
  assert.equal(clock.time, 4);
  clock.time = 2.5;
  player.forward(-1);
  assert.equal(clock.time, 2);
  player.forward(-1);
  player.forward(-1);
  player.forward(-1);
  assert.equal(clock.time, 0);
});

test("a new number of steps leaves a clock at the end at the end, another where it was", () => {
  const { player, clock } = staged(80, { time: 80 });
  player.setSteps(125);
  assert.equal(clock.time, 125);
  player.setSteps(40);
  assert.equal(clock.time, 40);
  player.seek(10);
  player.setSteps(60);
  assert.equal(clock.time, 10);
  player.setSteps(5);
  assert.equal(clock.time, 5);
});
