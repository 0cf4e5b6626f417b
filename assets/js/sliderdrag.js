// Follows the hand on a slider in the very event that moves it. Mantine moves the thumb in the next frame, and React says
// so in the one after that; a path that is there already need not wait for them.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  let held = null; // {slider, pointer, left, width}

  function onDown(event) {
    const track = event.button === 0 && event.target.closest(".hyper-slider .mantine-Slider-trackContainer");
    if (!track) return;
    const { left, width } = track.getBoundingClientRect();
    held = { slider: track.closest(".hyper-slider"), pointer: event.pointerId, left, width };
    onMove(event);
  }

  function onMove(event) {
    if (held === null || event.pointerId !== held.pointer) return;
    // A button that was let go outside the window isn't always told, and a list of runs may be built anew meanwhile.
    if (event.buttons === 0 || !held.slider.isConnected) letGo();
    else follow(event, fallLine.live());
  }

  function follow(event, page) {
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
