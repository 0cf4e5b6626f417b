// Calls that come too often, made rarer.

/** Calls at most once every `pause` ms; a call that came before the action ran is answered by it. */
export function throttled(action: () => void, pause: number): () => void {
  let waits = false;
  return () => {
    if (waits) return;
    waits = true;
    setTimeout(() => {
      waits = false;
      action();
    }, pause);
  };
}

/** Calls once, `pause` ms after the last call, with what that was given. */
export function afterRest<Given extends unknown[]>(
  action: (...given: Given) => void,
  pause: number,
): (...given: Given) => void {
  let timer: number | undefined;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), pause);
  };
}
