// Follows the hand on a slider in the very event that moves it. Mantine moves the thumb in the next frame, and React says
// so in the one after that; a path that is there already need not wait for them.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  let held = null; // {slider, left, width}

  function onDown(event) {
    const track = event.button === 0 && event.target.closest ? event.target.closest(".hyper-slider .mantine-Slider-trackContainer") : null;
    if (!track) return;
    const { left, width } = track.getBoundingClientRect();
    held = { slider: track.closest(".hyper-slider"), left, width };
    onMove(event);
  }

  function onMove(event) {
    const page = held === null ? null : fallLine.live();
    if (page === null) return;
    const { owner, key } = JSON.parse(held.slider.id);
    const hyper = page.hyperOf(owner, key);
    if (hyper === undefined || page.valueOf(owner, key) === undefined) return;
    // Mantine hears of mouse events, whose places are whole pixels, unlike those of pointers and fingers.
    const place = event.pointerType === "touch" ? event.clientX : Math.floor(event.clientX);
    fallLine.turn(owner, key, fallLine.scales.stopAt(hyper, (place - held.left) / held.width));
  }

  function letGo() {
    held = null;
  }

  function listen() {
    document.addEventListener("pointerdown", onDown);
    document.addEventListener("pointermove", onMove);
    document.addEventListener("pointerup", letGo);
    document.addEventListener("pointercancel", letGo);
  }

  fallLine.sliderDrag = { listen, holds: (slider) => held !== null && held.slider === slider };
})(window);
