// The player's clock. Time is a step with a fraction; what is drawn between two steps lies on the line between them.
(function (root) {
  "use strict";

  // One run through the path takes 8 s at speed 1, less for very short paths.
  function stepsPerSecond(steps, speed) {
    return (speed * steps) / Math.min(8, Math.max(1, steps * 0.25));
  }

  // The clock after `seconds` more: {time, playing}. A clock that loops starts again, another stops at the end.
  function advance({ time, steps, speed, loop }, seconds) {
    const next = time + seconds * stepsPerSecond(steps, speed);
    if (next < steps) return { time: next, playing: true };
    return loop ? { time: 0, playing: true } : { time: steps, playing: false };
  }

  function createPlayer({ onFrame, onChange, request = (f) => requestAnimationFrame(f) }) {
    const clock = { time: 0, steps: 1, speed: 1, loop: false, playing: false };
    let last = null;
    let plays = 0; // frames of an earlier play that was paused must not run beside this one's

    function frame(stamp, play) {
      if (!clock.playing || play !== plays) return;
      if (last !== null) Object.assign(clock, advance(clock, (stamp - last) / 1000));
      last = stamp;
      onFrame(clock);
      if (clock.playing) request((next) => frame(next, play));
      else onChange(clock);
    }

    function play() {
      if (clock.playing) return;
      if (clock.time >= clock.steps) clock.time = 0;
      clock.playing = true;
      last = null;
      onChange(clock);
      plays += 1;
      const play = plays;
      request((stamp) => frame(stamp, play));
    }

    function pause() {
      if (!clock.playing) return;
      clock.playing = false;
      onChange(clock);
    }

    function seek(step) {
      clock.playing = false;
      clock.time = Math.min(clock.steps, Math.max(0, step));
      onFrame(clock);
      onChange(clock);
    }

    // A new number of steps: a clock that stood at the end stays at the end.
    function setSteps(steps) {
      const atEnd = clock.time >= clock.steps;
      clock.steps = steps;
      clock.time = atEnd ? steps : Math.min(clock.time, steps);
    }

    return {
      clock, play, pause, seek, setSteps,
      toggle: () => (clock.playing ? pause() : play()),
      forward: (by) => seek(Math.round(by > 0 ? Math.floor(clock.time) + by : Math.ceil(clock.time) + by)),
    };
  }

  root.fallLine = Object.assign(root.fallLine || {}, { createPlayer, advance, stepsPerSecond });
  if (typeof module !== "undefined") module.exports = { createPlayer, advance, stepsPerSecond };
})(typeof window === "undefined" ? globalThis : window);
